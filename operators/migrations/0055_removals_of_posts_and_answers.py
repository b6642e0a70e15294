"""Posts and answers that the site's staff have hidden keep the reason in their place."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0062_held_echoes_do_not_count'),
        ('operators', '0002_demo_accounts'),
    ]

    operations = [
        migrations.AddField(
            model_name='answer',
            name='hidden_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='hidden at'),
        ),
        migrations.AddField(
            model_name='answer',
            name='hidden_reason',
            field=models.CharField(blank=True, choices=[('insult', 'insults or threatens somebody'), ('private', 'shows personal data'), ('advertising', 'advertising or spam'), ('untrue', 'is not true'), ('illegal', 'is against the law'), ('off-topic', 'has nothing to do with the subject'), ('other', 'something else')], max_length=11, verbose_name='why it is hidden'),
        ),
        migrations.AddField(
            model_name='post',
            name='hidden_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='hidden at'),
        ),
        migrations.AddField(
            model_name='post',
            name='hidden_reason',
            field=models.CharField(blank=True, choices=[('insult', 'insults or threatens somebody'), ('private', 'shows personal data'), ('advertising', 'advertising or spam'), ('untrue', 'is not true'), ('illegal', 'is against the law'), ('off-topic', 'has nothing to do with the subject'), ('other', 'something else')], max_length=11, verbose_name='why it is hidden'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('hidden_at', None), models.Q(('hidden_reason', ''), _negated=True), _connector='OR'), name='hidden_answer_says_why'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('hidden_at', None), models.Q(('hidden_reason', ''), _negated=True), _connector='OR'), name='hidden_post_says_why'),
        ),
    ]
