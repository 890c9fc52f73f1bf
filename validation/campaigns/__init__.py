"""Campaigns: many random cases thrown at the package, each held to what is promised of all.

    python -m validation.campaigns.check --count 10000 --seed 1
    python -m validation.campaigns.runs --count 500
    python -m validation.campaigns.kills --count 50
    python -m validation.campaigns.files --count 2000
    python -m validation.campaigns.growth --runs 2000 --shapes 300

Each prints what failed, with the seed that draws it again, and with ``--write`` puts its row into
the table of docs/what-is-promised.md. Short versions of them are tests.
"""
