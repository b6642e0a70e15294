"""Advertisers, their campaigns and creatives, and what was delivered of them."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0090_follows_of_places'),
        ('operators', '0056_promises_come_due'),
    ]

    operations = [
        migrations.CreateModel(
            name='Advertiser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('slug', models.SlugField(max_length=40, unique=True, verbose_name='short name')),
                ('payer', models.CharField(max_length=60, verbose_name='payer, as the ads name it')),
                ('branch', models.SlugField(blank=True, max_length=40, verbose_name='branch; rivals have the same')),
                ('is_house', models.BooleanField(default=False, verbose_name='the site itself')),
                ('own_posts_until', models.DateField(blank=True, null=True, verbose_name='own posts without rivals until')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('carrier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.carrier', verbose_name='carrier')),
            ],
            options={
                'verbose_name': 'advertiser',
                'verbose_name_plural': 'advertisers',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('approved', 'approved'), ('rejected', 'rejected'), ('running', 'running'), ('paused', 'paused'), ('ended', 'ended')], default='draft', max_length=9, verbose_name='state')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('slots', models.JSONField(default=list, verbose_name='slots')),
                ('booked_views', models.PositiveIntegerField(blank=True, null=True, verbose_name='booked views')),
                ('share', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='share of the views in per cent')),
                ('weight', models.PositiveSmallIntegerField(default=1, verbose_name='weight')),
                ('exclusive', models.BooleanField(default=False, verbose_name='exclusive')),
                ('excludes_rivals', models.BooleanField(default=False, verbose_name='not beside rivals')),
                ('daily_cap', models.PositiveIntegerField(blank=True, null=True, verbose_name='most views a day')),
                ('total_cap', models.PositiveIntegerField(blank=True, null=True, verbose_name='most views in all')),
                ('price_model', models.CharField(choices=[('fixed', 'fixed price for the period'), ('cpm', 'for a thousand views'), ('cpc', 'for a click')], max_length=5, verbose_name='price model')),
                ('price_cents', models.PositiveIntegerField(verbose_name='net price in cents')),
                ('problems', models.PositiveSmallIntegerField(default=0, verbose_name='kinds of trouble')),
                ('language', models.CharField(blank=True, choices=[('de', 'German'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('device', models.CharField(blank=True, choices=[('phone', 'phone'), ('desktop', 'desktop')], max_length=7, verbose_name='device')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('advertiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='operators.advertiser', verbose_name='advertiser')),
                ('carriers', models.ManyToManyField(blank=True, related_name='+', to='complaints.carrier', verbose_name='pages of these networks')),
                ('places', models.ManyToManyField(blank=True, related_name='+', to='complaints.place', verbose_name='pages of these places')),
            ],
            options={
                'verbose_name': 'campaign',
                'verbose_name_plural': 'campaigns',
                'ordering': ('-starts_on', 'name'),
            },
        ),
        migrations.CreateModel(
            name='CampaignChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(blank=True, choices=[('draft', 'draft'), ('submitted', 'submitted'), ('approved', 'approved'), ('rejected', 'rejected'), ('running', 'running'), ('paused', 'paused'), ('ended', 'ended')], max_length=9, verbose_name='before')),
                ('after', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('approved', 'approved'), ('rejected', 'rejected'), ('running', 'running'), ('paused', 'paused'), ('ended', 'ended')], max_length=9, verbose_name='after')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('by', models.CharField(max_length=80, verbose_name='by')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='operators.campaign')),
            ],
            options={
                'verbose_name': 'change of a campaign',
                'verbose_name_plural': 'changes of campaigns',
                'ordering': ('changed_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Creative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('picture', 'picture'), ('text', 'text')], max_length=7, verbose_name='kind')),
                ('shape', models.CharField(blank=True, choices=[('160x600', 'skyscraper, 160 × 600'), ('320x100', 'banner, 320 × 100'), ('640x100', 'wide banner, 640 × 100')], max_length=7, verbose_name='size')),
                ('headline', models.CharField(blank=True, max_length=40, verbose_name='headline')),
                ('text', models.CharField(blank=True, max_length=90, verbose_name='text')),
                ('alt', models.CharField(blank=True, max_length=150, verbose_name='what the picture shows')),
                ('target_url', models.URLField(max_length=500, verbose_name='target address')),
                ('review', models.CharField(choices=[('open', 'not looked at yet'), ('approved', 'approved'), ('rejected', 'rejected')], default='open', max_length=8, verbose_name='review')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='creatives', to='operators.campaign', verbose_name='campaign')),
            ],
            options={
                'verbose_name': 'creative',
                'verbose_name_plural': 'creatives',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Click',
            fields=[
                ('slot', models.CharField(choices=[('left', 'left of the page (desktop)'), ('top', 'top of the page (phone)'), ('list', 'in the page (phone)'), ('post', 'under a post')], max_length=4)),
                ('page_kind', models.CharField(choices=[('home', 'home page'), ('network', 'network or brand'), ('place', 'place'), ('cases', 'list of cases'), ('case', 'case'), ('posts', 'list of posts'), ('post', 'post')], max_length=7)),
                ('day', models.DateField()),
                ('reason', models.CharField(blank=True, choices=[('robot', 'robot'), ('prefetch', 'fetched ahead'), ('no-frame', 'not asked for by a page'), ('reload', 'same page again within seconds'), ('rate', 'more than a person can see')], max_length=8)),
                ('sender', models.UUIDField()),
                ('happened_at', models.DateTimeField()),
                ('folded', models.BooleanField(default=False)),
                ('view', models.UUIDField(primary_key=True, serialize=False)),
                ('campaign', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='operators.campaign')),
                ('creative', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='operators.creative')),
            ],
        ),
        migrations.CreateModel(
            name='CreativePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dark', models.BooleanField(default=False)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('content', models.BinaryField()),
                ('creative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='operators.creative')),
            ],
        ),
        migrations.CreateModel(
            name='DailyCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('slot', models.CharField(choices=[('left', 'left of the page (desktop)'), ('top', 'top of the page (phone)'), ('list', 'in the page (phone)'), ('post', 'under a post')], max_length=4, verbose_name='slot')),
                ('page_kind', models.CharField(choices=[('home', 'home page'), ('network', 'network or brand'), ('place', 'place'), ('cases', 'list of cases'), ('case', 'case'), ('posts', 'list of posts'), ('post', 'post')], max_length=7, verbose_name='page')),
                ('reason', models.CharField(blank=True, choices=[('robot', 'robot'), ('prefetch', 'fetched ahead'), ('no-frame', 'not asked for by a page'), ('reload', 'same page again within seconds'), ('rate', 'more than a person can see')], max_length=8, verbose_name='filtered')),
                ('views', models.PositiveIntegerField(default=0, verbose_name='views')),
                ('clicks', models.PositiveIntegerField(default=0, verbose_name='clicks')),
                ('campaign', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='operators.campaign')),
                ('creative', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='operators.creative')),
            ],
            options={
                'verbose_name': 'count of a day',
                'verbose_name_plural': 'counts of days',
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends at')),
                ('advertiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='operators.advertiser', verbose_name='advertiser')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'seat of an advertiser',
                'verbose_name_plural': 'seats of advertisers',
            },
        ),
        migrations.CreateModel(
            name='View',
            fields=[
                ('slot', models.CharField(choices=[('left', 'left of the page (desktop)'), ('top', 'top of the page (phone)'), ('list', 'in the page (phone)'), ('post', 'under a post')], max_length=4)),
                ('page_kind', models.CharField(choices=[('home', 'home page'), ('network', 'network or brand'), ('place', 'place'), ('cases', 'list of cases'), ('case', 'case'), ('posts', 'list of posts'), ('post', 'post')], max_length=7)),
                ('day', models.DateField()),
                ('reason', models.CharField(blank=True, choices=[('robot', 'robot'), ('prefetch', 'fetched ahead'), ('no-frame', 'not asked for by a page'), ('reload', 'same page again within seconds'), ('rate', 'more than a person can see')], max_length=8)),
                ('sender', models.UUIDField()),
                ('happened_at', models.DateTimeField()),
                ('folded', models.BooleanField(default=False)),
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('page', models.BigIntegerField()),
                ('campaign', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='operators.campaign')),
                ('creative', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='operators.creative')),
            ],
        ),
        migrations.AddConstraint(
            model_name='advertiser',
            constraint=models.UniqueConstraint(models.F('carrier'), name='carrier_is_one_advertiser'),
        ),
        migrations.AddConstraint(
            model_name='advertiser',
            constraint=models.UniqueConstraint(models.F('is_house'), condition=models.Q(('is_house', True)), name='house_is_one_advertiser'),
        ),
        migrations.AddConstraint(
            model_name='advertiser',
            constraint=models.CheckConstraint(condition=models.Q(('payer', ''), _negated=True), name='advertiser_names_a_payer'),
        ),
        migrations.AddIndex(
            model_name='campaign',
            index=models.Index(condition=models.Q(('state__in', ('approved', 'running'))), fields=['ends_on'], name='campaigns_by_their_end'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='campaign_ends_after_it_begins', violation_error_message='The last day cannot be before the first day.'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('daily_cap', None), ('daily_cap__gt', 0), _connector='OR'), models.Q(('total_cap', None), ('total_cap__gt', 0), _connector='OR'), models.Q(('booked_views', None), ('booked_views__gt', 0), _connector='OR')), name='campaign_limits_are_not_zero', violation_error_message='A limit of zero views shows nothing. Leave the field empty for no limit.'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('price_cents__gte', 0)), name='price_is_not_negative', violation_error_message='A price cannot be negative.'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('share', None), models.Q(('share__gte', 1), ('share__lte', 100)), _connector='OR'), ('weight__gte', 1), ('weight__lte', 100)), name='share_and_weight_are_1_to_100', violation_error_message='Share and weight are numbers from 1 to 100.'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'approved', 'rejected', 'running', 'paused', 'ended'])), name='campaign_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('slots__contained_by', ['left', 'top', 'list', 'post']), models.Q(('slots', []), _negated=True), models.Q(('slots', {}), _negated=True)), name='campaign_has_known_slots', violation_error_message='Choose at least one slot.'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('booked_views', None), models.Q(('exclusive', False), ('share', None)), _connector='OR'), name='campaign_is_paced_or_shared', violation_error_message='Book a number of views, or a share, or the slot alone: only one of them.'),
        ),
        migrations.AddConstraint(
            model_name='campaignchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('after', 'rejected'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='rejected_campaign_hears_why'),
        ),
        migrations.AddConstraint(
            model_name='creative',
            constraint=models.CheckConstraint(condition=models.Q(('target_url__startswith', 'https://')), name='target_is_https', violation_error_message='The target address must begin with https://.'),
        ),
        migrations.AddConstraint(
            model_name='creative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'text'), ('shape', ''), models.Q(('headline', ''), _negated=True)), models.Q(('kind', 'picture'), ('shape__in', ['160x600', '320x100', '640x100']), models.Q(('alt', ''), _negated=True)), _connector='OR'), name='creative_has_words_or_a_picture', violation_error_message='A text ad needs a headline and no size; a picture needs its size and a sentence on what it shows.'),
        ),
        migrations.AddConstraint(
            model_name='creative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('review', 'rejected'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='rejected_creative_hears_why'),
        ),
        migrations.AddIndex(
            model_name='click',
            index=models.Index(fields=['sender', 'happened_at'], name='clicks_of_a_sender'),
        ),
        migrations.AddIndex(
            model_name='click',
            index=models.Index(condition=models.Q(('folded', False)), fields=['campaign', 'day'], name='clicks_to_fold'),
        ),
        migrations.AddIndex(
            model_name='click',
            index=models.Index(fields=['happened_at'], name='clicks_by_time'),
        ),
        migrations.AddConstraint(
            model_name='creativepicture',
            constraint=models.UniqueConstraint(models.F('creative'), models.F('dark'), name='creative_has_a_picture_once_a_mode'),
        ),
        migrations.AddConstraint(
            model_name='dailycount',
            constraint=models.UniqueConstraint(fields=('campaign', 'day', 'creative', 'slot', 'page_kind', 'reason'), name='count_is_one_row'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(models.F('user'), models.F('advertiser'), name='seat_is_one_row_a_person'),
        ),
        migrations.AddIndex(
            model_name='view',
            index=models.Index(fields=['sender', 'happened_at'], name='views_of_a_sender'),
        ),
        migrations.AddIndex(
            model_name='view',
            index=models.Index(condition=models.Q(('folded', False)), fields=['campaign', 'day'], name='views_to_fold'),
        ),
        migrations.AddIndex(
            model_name='view',
            index=models.Index(fields=['happened_at'], name='views_by_time'),
        ),
    ]
