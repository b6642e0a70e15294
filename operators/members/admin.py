"""Users and memberships in the admin of the site's own staff."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from operators.members.models import Membership, User


class MembershipInline(admin.TabularInline[Membership, User]):
    """Memberships end, they are not deleted: who was ever a member stays recognisable as one."""

    model = Membership
    extra = 0
    can_delete = False


@admin.register(User)
class MemberAdmin(UserAdmin[User]):
    inlines = (MembershipInline,)
    list_display = ("username", "email", "first_name", "last_name", "is_staff", "is_active", "last_login")
