"""The history of a promise says when its date came near."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('operators', '0055_removals_of_posts_and_answers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='promisechange',
            name='step',
            field=models.CharField(choices=[('made', 'made'), ('moved', 'moved'), ('kept', 'kept'), ('broken', 'broken'), ('due', 'due soon'), ('overdue', 'overdue')], max_length=7),
        ),
    ]
