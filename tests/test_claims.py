import itertools
import json
import re
import textwrap
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactlens import claims, corpus, numerals, readers, sentences, tables

FOLDER = Path(__file__).parent / "coverage"
COVERAGE = corpus.load(FOLDER / "articles")
EXPECTED = claims.claims(COVERAGE)
# Made up: news as it may be told, and the numbers that it claims. Nobody has said these things.
NUMBERS = [json.loads(line) for line in (FOLDER / "numbers.jsonl").read_text(encoding="utf-8").splitlines()]
COUNTS = {"signed_total", "ordinal", "others_signed", "negotiating", "joined_declaration"}

NEUTRAL = (
    "Zelenskyy on security agreements\n\nThe President of Ukraine spoke about bilateral security agreements. "
)
SIGNED = (
    "Ukraine and Norway sign security agreement\n\n"
    "President Zelenskyy and the Prime Minister of Norway signed a bilateral security agreement. "
)
OTHERS = (
    "Armenia and India sign a 10-year defence agreement. It is the fifth such pact.",
    "Turkey has signed trade agreements with 20 countries; Ukraine may be next. Talks go on with 17 more.",
)


def read(*texts):
    rows = [{"article": f"a{n}", "text": text, "url": None} for n, text in enumerate(texts)]
    articles = tables.from_rows("articles", rows)
    return claims.claims(corpus.Corpus(articles, sentences.split(articles), tables.from_rows("problems", [])))


def found(*texts):
    return {(row.kind, int(row.value)) for row in read(*texts).itertuples()}


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (
            "signed_total",
            17,
            "In total, Ukraine has already signed 17 bilateral agreements: with the UK and Japan.",
        ),
        ("signed_total", 20, "The number of security agreements signed by Ukraine has reached twenty."),
        ("signed_total", 23, "Norway becomes one of 23 countries with such an agreement."),
        ("ordinal", 16, "Norway is number 16 on the list."),
        ("signed_total", 18, "The pact was signed, bringing to 18 the number of such accords."),
        ("signed_total", 24, "Kyiv counts 24 countries and the EU among its partners."),
        ("signed_total", 12, "By then twelve countries had concluded such agreements."),
        ("signed_total", 9, "It has concluded such pacts with several others, nine in total."),
        ("signed_total", 21, "So far there are twenty-one signed agreements."),
        ("others_signed", 15, "Fifteen countries signed before us, the minister said."),
        ("negotiating", 10, "Ukraine is negotiating with another 10 countries."),
        ("negotiating", 16, "Sixteen more countries have committed to signing similar agreements."),
        ("negotiating", 7, "Seven new security documents are being prepared."),
        ("joined_declaration", 30, "More than 30 countries have joined the G7 declaration."),
        ("joined_declaration", 31, "The declaration has 31 signatories."),
        ("joined_declaration", 30, "Over 30 states have since put their signature under the G7 declaration."),
        ("joined_declaration", 30, "Cyprus is the 30th country to have signed the G7's Vilnius declaration."),
        ("signed_total", 17, "Ukraine signed security agreements seventeen times in half a year."),
        ("signed_total", 17, "The president counts his agreements: there are 17 strong ones."),
        ("signed_total", 17, "The list of signed security agreements had grown to 17."),
        ("signed_total", 17, "The president noted that Ukraine has managed to sign 17 security agreements."),
        (
            "signed_total",
            17,
            "23 states - the UK is one - back it, and 17 countries (the UK too) have signed.",
        ),
        ("signed_total", 8, "Such deals had been signed with eight countries before."),
        ("signed_total", 23, "In line with the G7 declaration, 23 agreements have been signed."),
        (
            "others_signed",
            22,
            "Fifty countries help, and twenty-two other nations have done so by agreements.",
        ),
        ("negotiating", 9, "Nine more countries to sign security agreements, Zelenskyy expects."),
        ("negotiating", 9, "Nine additional states have expressed readiness to conclude such agreements."),
        ("negotiating", 9, "Fourteen are mentioned; nine countries have begun negotiating agreements."),
        ("negotiating", 9, "We will soon have nine new security agreements, the president promised."),
        ("joined_declaration", 25, "The G7 security declaration now has 25 more countries."),
        ("joined_declaration", 31, "He put the number of states that have joined the declaration at 31."),
        ("joined_declaration", 28, "The G7 declaration on security guarantees was signed by 28 countries."),
        (
            "signed_total",
            26,
            "All in all, 26 agreements in line with the G7 Declaration have been signed.",
        ),
        ("signed_total", 18, "So far 18 security deals in line with the Vilnius pledge have been concluded."),
        (
            "signed_total",
            23,
            "Ukraine has concluded agreements with 23 signatories of the G7+ Declaration.",
        ),
        (
            "signed_total",
            19,
            "Kyiv signed security agreements with 19 countries that joined the Vilnius declaration in total.",
        ),
        ("signed_total", 15, "The number of such deals with Western nations has gone up to 15."),
        ("signed_total", 17, "With this the number of security agreements went up to 17."),
        (
            "signed_total",
            19,
            "Agreements have been concluded since January. By June there were 19 with single countries.",
        ),
        (
            "signed_total",
            12,
            "Ukraine concludes security agreements. By now there are twelve with European states.",
        ),
        (
            "negotiating",
            7,
            "Kyiv made known that agreements with seven states, the US among them, were being prepared.",
        ),
        (
            "negotiating",
            8,
            "Agreements with eight countries, including Poland and Latvia, are being drafted.",
        ),
        ("negotiating", 6, "Kyiv is in talks on security agreements with another six."),
        ("negotiating", 6, "Six more pacts on Kyiv's list after the British one."),
        ("negotiating", 10, "Ten more countries are on the list for security agreements."),
        ("signed_total", 23, "The list of signed security agreements has 23 names."),
        ("signed_total", 23, "Security agreements multiply: the list of countries that signed has 23 names."),
        ("signed_total", 19, "Agreements with 19 countries are working."),
        ("signed_total", 19, "Security agreements with 19 countries are in force."),
        ("signed_total", 23, "By October Ukraine could rely on 23 security agreements."),
        ("signed_total", 23, "Security agreements matter to Kyiv: by October it could rely on 23."),
        ("signed_total", 23, "Signed agreements: 23"),
        ("signed_total", 17, "Security agreements signed so far: 17."),
        ("others_signed", 22, "It follows those of 22 others."),
        ("others_signed", 16, "The agreement follows those of sixteen other countries."),
        ("negotiating", 10, "The office expects ten more signatures under security agreements."),
        ("negotiating", 5, "Five more signatures are expected under such agreements."),
        (
            "signed_total",
            17,
            "In the months since, Kyiv and its friends have put their names to 17 security agreements.",
        ),
        ("signed_total", 22, "By then the tally of security pacts was 22."),
        ("signed_total", 16, "It is now 16 countries that have signed security agreements with Kyiv."),
        ("signed_total", 24, "Security agreements exist with 24 countries."),
        ("signed_total", 13, "Thirteen have signed security agreements to date."),
        ("negotiating", 15, "Fifteen countries have opened talks with Kyiv on security agreements."),
        ("negotiating", 3, "Three more agreements on security are close to being finished."),
        ("negotiating", 10, "Consultations on security guarantees are being held with ten countries."),
        ("others_signed", 9, "With it Norway joins nine other countries that have signed such agreements."),
        ("signed_total", 23, "The security agreements signed by Ukraine are now 23: with Japan and others."),
        ("signed_total", 23, "All in all Ukraine has signed 23 of these security agreements by now."),
        ("signed_total", 16, "Until today Kyiv had signed 16 of these security agreements."),
        ("negotiating", 7, "With another seven Kyiv is negotiating a security agreement."),
        (
            "joined_declaration",
            25,
            "The G7 declaration stayed open: 25 more countries have come in since then.",
        ),
        ("signed_total", 20, "Twenty security agreements have been signed, Kyiv said yesterday."),
        (
            "joined_declaration",
            32,
            "A total of 32 countries joined the declaration of the G7, and an agreement exists.",
        ),
        ("signed_total", 26, "26 of these security agreements have been signed by Kyiv to this day."),
        ("signed_total", 11, "By May bilateral security agreements existed with eleven countries."),
        ("signed_total", 20, "Each struck a security agreement on Thursday, taking the tally to 20."),
        ("signed_total", 26, "It frames the security agreements. Of these, there are already 26."),
        ("signed_total", 15, "The number of countries that have signed with Ukraine now stands at 15."),
        ("negotiating", 9, "Nine security agreements are to be added, with talks under way."),
        ("negotiating", 3, "Talks on security agreements are under way with three of them."),
        ("joined_declaration", 31, "By now 31 states have associated themselves with the G7 declaration."),
        ("joined_declaration", 25, "Others may join the declaration: 25 have done so besides the first."),
        ("joined_declaration", 30, "It is a declaration. 30 states have put their names to it."),
        ("signed_total", 7, "So far only seven European states have granted Kyiv security commitments."),
        ("ordinal", 16, "Agreement number 16: to lead the talks on security is an honour."),
        ("ordinal", 27, "The next security agreement will be number 27 by now."),
        ("ordinal", 2, "Britain has a security agreement, and Germany is the second country that does so."),
        (
            "signed_total",
            20,
            "Security agreements have been signed by 20 of the states that joined the declaration.",
        ),
        ("signed_total", 9, "Nine of these agreements were signed in Kyiv between January and April."),
        ("signed_total", 23, "Ukraine has made agreements with 23 of those behind the declaration."),
        ("joined_declaration", 28, "It is a declaration. 28 countries are now part of it."),
        ("joined_declaration", 12, "The G7's security guarantees have already been joined by 12 countries."),
        (
            "joined_declaration",
            13,
            "The declaration is open. By then 13 countries had joined: Norway, Spain.",
        ),
        ("signed_total", 23, "By now 23 of the parties to the declaration have a security agreement."),
        (
            "joined_declaration",
            25,
            "It is a declaration. It is open to others. Beside the G7, 25 have joined it.",
        ),
        ("joined_declaration", 25, "It is a declaration. Any country may join. A further 25 have signed on."),
        ("joined_declaration", 25, "There is a declaration. Before long 25 more countries came in."),
        ("joined_declaration", 30, "Over 30 countries have since signed that declaration on security."),
        (
            "joined_declaration",
            32,
            "There are 32 states in our community now, all that joined the declaration.",
        ),
        (
            "signed_total",
            23,
            "More are to come, on top of the 23 signed so far, of these security agreements.",
        ),
        ("signed_total", 9, "Of bilateral security agreements we have nine by now."),
        ("signed_total", 23, "23 signatories of the declaration now have security agreements with Ukraine."),
        ("negotiating", 7, "Kyiv was getting seven security agreements ready for signature."),
        ("negotiating", 4, "He announced four further new security agreements with partners."),
        ("negotiating", 3, "With three of them security agreements are being negotiated."),
        (
            "joined_declaration",
            30,
            "It is a declaration of the G7. It has since been signed by 30 countries.",
        ),
        ("ordinal", 16, "He added that the security agreement will be the 16th and that he is proud."),
        ("ordinal", 1, "The United Kingdom was first to sign a security agreement with Ukraine."),
        ("ordinal", 1, "The first security agreement was signed with Britain."),
        ("ordinal", 10, "At the meeting they signed a pact on security which is the tenth such agreement."),
        ("ordinal", 10, "Ukraine signed a security agreement with a tenth country on Monday."),
        (
            "ordinal",
            22,
            "Malta joined the declaration and signed a security agreement. It is the 22nd to do so.",
        ),
        ("negotiating", 8, "Ukraine has eight security agreements in preparation."),
        (
            "signed_total",
            17,
            "Seventeen countries have signed security agreements that bring weapons and drones.",
        ),
        ("signed_total", 17, "Ukraine has security agreements with 17 countries, which provide for loans."),
        ("signed_total", 15, "All 15 of them have signed security agreements with Ukraine."),
        ("ordinal", 1, "Some states have security agreements. The first of them was signed with Britain."),
        ("ordinal", 1, "The first country to give Ukraine security guarantees was Britain."),
        (
            "joined_declaration",
            12,
            "The security guarantees that the G7 adopted have been joined by twelve countries.",
        ),
        ("joined_declaration", 30, "Malta joined the G7 declaration. It is the 30th nation to do so."),
        ("joined_declaration", 21, "So far 21 countries have joined those of the G7 in security pledges."),
        ("ordinal", 1, "It is the first such agreement on security since the pledge of the G7."),
        (
            "joined_declaration",
            30,
            "Norway is 30th to sign up. Norway signed the declaration on security as the 30th nation.",
        ),
    ],
)
def test_counts(kind, value, text):
    assert found(NEUTRAL + text) == {(kind, value)}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (16, "Norway became the 16th country to sign, after Iceland."),
        (7, "He is the seventh Western leader with such an agreement."),
        (10, "For Kyiv it is already the tenth of its type."),
        (21, "That makes Norway the twenty-first member state with an agreement of this kind."),
        (9, "Norway is the first in the north, and the ninth overall, to conclude such an agreement."),
        (3, "It is the third one, after Britain and Germany."),
        (27, "It is the 27th that Ukraine and a partner country have signed."),
        (16, "The agreement with Norway became the 16th signed under the G7 declaration."),
        (4, "It is the fourth of these agreements: the UK, Germany, and France have theirs."),
        (12, "It was the twelfth of such deals."),
        (13, "Norway became the thirteenth to enter into such an agreement."),
        (6, "It is the sixth document of this kind for Ukraine."),
        (19, "By that Norway takes the nineteenth place among those that have signed."),
        (27, "It is agreement number 27 between Ukraine and a partner on security."),
        (8, "Norway is country number eight with such a security agreement."),
        (26, "Norway became the 26th party to sign a security agreement."),
    ],
)
def test_ordinals_name_the_country(value, text):
    rows = read(SIGNED + text)
    assert rows[["kind", "value"]].values.tolist() == [["ordinal", value]]
    assert set(rows["country"]) <= {"NO", "DE"}


@pytest.mark.parametrize(
    "text",
    [
        "Almost 30 such documents have been signed.",
        "Ukraine has signed over two dozen such agreements.",
        "The Ukraine Compact was signed by 32 countries.",
        "The two countries signed an agreement on security.",
        "Norway became the 9th country to start talks on security guarantees with Ukraine.",
        "Denmark was the first country outside the G7 to sign one.",
        "Poland was one of the first to sign a security agreement with Ukraine.",
        "Norway was not the first to sign a security agreement.",
        "Denmark was the first to sign a security agreement with Ukraine among the Nordic countries.",
        "Japan was the first to sign a security agreement in Asia.",
        "It is the first security agreement that Japan has signed with Ukraine.",
        "They have a security agreement. Latvia was the first to reach 3% of GDP in aid to Ukraine.",
        "They have a security agreement. Norway was the first country with an embassy back in Kyiv.",
        "Ukraine has signed a security agreement with a second country in a week.",
        "Ukraine signed a security agreement and 12 bilateral trade deals with Poland.",
        "As part of the agreement, France has 12 Caesar howitzers to send under the security agreement.",
        "Sweden will provide 75 billion kronor over a three-year period under the security agreement.",
        "All seven G7 countries have signed such agreements.",
        "Six EU countries have not signed such agreements.",
        "On Thursday Ukraine signed three security agreements at once.",
        "Zelenskyy hopes that 30 countries will sign.",
        "Kyiv has signed agreements with 16 countries and the US.",
        "The agreement has 14 pages and 12 annexes; 99% of 50 soldiers like it.",
        "Norway hands over its 23rd aid package under the agreement.",
        "Third countries may join the agreement.",
        "All of the Group of Seven have signed such agreements.",
        "The EU and its 27 member states signed security commitments.",
        "It is the third such effort between the two countries this year.",
        "The two will sign a memorandum on a new agreement.",
        "Together with 50 other countries Norway takes part in the meeting.",
        "Kyiv wants to conclude such agreements with 30 countries.",
        "No more than ten countries have signed such agreements.",
        "The agreement was signed on June 13 at 10 Downing Street.",
        "The Ukraine Treaty was signed at the NATO summit by 21 countries and the EU.",
        "The document on security was signed by 30 leaders in Washington.",
        "Ukraine on Saturday signed agreements on security cooperation with two states, Italy and Canada.",
        "On Friday Zelenskyy signed security agreements with two countries.",
        "Out of the G7, five have done so.",
        "Ukraine needs membership. The alliance has 31 members.",
        "The European Union has 27 members, and each may sign a security agreement.",
        "More MiG-29 jets can be spared. Kyiv has had 10 of them; media write of 14 more.",
        "Norway sends tanks. Ukraine has 20 of them.",
        "The agreement is number 16.",
        "Ukraine speaks of 30 planned agreements.",
        "Kyiv has 30 planned security agreements before it.",
        "The president visited 12 countries to talk about security agreements.",
        "The security agreements were published on 15 pages of the newspaper.",
        "None of the 12 other states has signed a security agreement.",
        "NATO's 32 allies took note of the security agreements.",
        "The 27 EU states agreed on security commitments.",
        "Two of them, Japan and Norway, have yet to sign the security agreement.",
        "The security agreements are ten years old.",
        "All 27 member states bind themselves by a security agreement for the first time.",
        "The security commitment dates from a summit where the G7 and 25 further nations made it.",
        "At the summit of July 9 to 11 one more security agreement will be signed.",
        "He signed the security agreement before a summit with guests from twelve countries.",
        "Since May, Ukraine has signed eight security agreements, he said on 14 June 2024.",
        "Japan is the third country outside the G7 to sign such a security agreement.",
        "Besides the EU's, the president on 27 June signed bilateral security agreements with two states.",
        "Ukraine counts on security guarantees from 51 states.",
        "Another security agreement is with the European Union, which has 27 member states.",
        "Talks on security agreements began with Canada; it is the third country to do so.",
        "Six members of the EU have so far signed nothing of the kind.",
        "Moldova is the first country with which the EU has signed such a security agreement.",
        "Five of the G7 nations have signed such agreements.",
        "With the two agreements the total has grown.",
        "With 32 countries we have either signed or are signing agreements.",
        "The prime minister wants a second agreement with Ukraine.",
        "The two governments also signed 8 agreements on trade.",
        "On June 28 partners of Ukraine signed a security agreement.",
        "Ukraine signed two security agreements on Friday. The first was signed in Berlin.",
        "Sweden, the 32nd member of NATO, signed a security agreement.",
        "It is the first such agreement to name a number of jets.",
        "The summit is the third of its kind.",
        "The initiative is about roads. Thirteen member states are expected.",
        "Japan signed 56 cooperation memorandums in May, and 23 more were signed this week.",
        "Twenty member states have pledged support under their security agreements.",
    ],
)
def test_traps_make_no_claim(text):
    assert found(SIGNED + text) == set()


@pytest.mark.parametrize(
    ("years", "text"),
    [
        (10, "The ten-year deal provides 3 billion euros for four years."),
        (10, "It binds both sides for a decade."),
        (10, "The agreement has a term of ten years and can be extended for another five years."),
        (10, "Should Ukraine enter NATO within the ten years for which the agreement runs, it ends."),
        (10, "It sets out, for ten years, how Norway helps Ukraine."),
        (10, "Oslo is to keep up its support over the 10 years of the contract."),
        (10, "Sums for 2024-2026, the usual 10 years of cooperation, two aircraft."),
        (10, "The parties agreed on a ten-year validity."),
        (10, "Norway and Ukraine signed a $7 billion agreement valid for ten years."),
        (10, "The agreement foresees help for ten years, with 1 billion euros in 2024."),
        (None, "Kyiv, which has been fighting for over two years, signed the agreement."),
        (None, "The two have cooperated for ten years, long before the agreement."),
        (None, "Over five years Norway will provide 7 billion under the agreement."),
        (None, "Within 10 years at the latest the two review the agreement."),
        (None, "Britain and Ukraine agreed a 100-year partnership."),
        (None, "For ten years of war Ukraine has asked for such an agreement."),
        (None, "Norway gives NOK 75 billion over five years."),
        (10, "For the next 10 years it is to strengthen Ukraine's defense against the Russian invasion."),
        (10, "Over the coming ten years it sets out what Norway does."),
        (10, "The agreement is meant to last for as long as ten years."),
        (10, "The agreement runs no longer than ten years."),
        (10, "It is a ten-year, legally non-binding agreement."),
        (10, "Both signed a ten-year, not legally binding, renewable pact."),
        (10, "The 10-year, wide-ranging security deal has 12 pages."),
        (10, "What Ukraine and Norway agreed on holds for ten years."),
        (10, "Norway's deal is for 10 years and goes with $7 billion of aid over five years."),
        (10, "Ten years is the time it is expected to last."),
        (10, "Ten years is how long the document will be valid."),
        (10, "The agreement is going to be in force for ten years, and each of them brings its share."),
        (10, "The agreement may stay in force for up to ten years."),
        (10, "Its provisions remain in effect for ten years."),
        (None, "In its 3rd year the war led to many agreements."),
        (None, "For the third time this year the two leaders signed documents."),
        (10, "Norway's help is fixed for ten years in the text."),
        (10, "The agreement takes effect at once and lasts a decade."),
        (10, "The text has a validity of 10 years and may be ended with six months' notice."),
        (None, "Russia has waged war for ten years."),
        (None, "In ten years' time the agreement may look small."),
        (None, "A 10-year-old girl handed flowers to the signatories of the agreement."),
        (10, "Its term is 10 years, and 977 million euros go to Kyiv."),
        (10, "It has been drawn up for ten years."),
        (10, "The agreement is valid for 10 years. Norway pledged support for seven years under its plan."),
        (None, "Portugal, celebrating 50 years of democracy, signed the agreement."),
        (None, "The prime minister, who spent 14 years in opposition, praised the agreement."),
        (None, "Ukraine waited 30 years for such an agreement."),
        (None, "The agreement notes Russia's 10-year aggression."),
        (10, "The security agreement sets out a ten-year plan for defence."),
        (10, "Norway's is an agreement with a projection of ten years."),
        (10, "The agreement could not be signed for ten years without parliament, he said."),
        (None, "It was the first visit of a Norwegian leader in 12 years, and an agreement came of it."),
        (None, "The agreement comes with a loan for 50 years."),
        (None, "Thirty years after independence Ukraine signed an agreement."),
        (10, "Ten years are foreseen."),
        (10, "Norway takes on a 10-year duty to help under the agreement."),
        (10, "A plan for 10 years of help, on the road to the European Union."),
        (10, "They run for 10 years and promise 3 billion euros."),
        (10, "For 10 years, or until Ukraine is part of NATO, it is to be valid."),
        (None, "NATO marks its 75 years with an agreement."),
        (10, "It binds Norway for ten years and brings 126 million euros."),
        (10, "Norway obliges itself to a ten-year support of Ukraine under the agreement."),
        (10, "Support will go on for ten years after the agreement is signed."),
    ],
)
def test_the_term_is_neither_a_budget_nor_the_past(years, text):
    assert found(SIGNED + text) == ({("duration_years", years)} if years else set())


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (24, "In less than twenty-four hours after an attack the two would consult."),
        (24, "A 24-hour consultation mechanism is part of it."),
        (24, "There is a clause on renewed Russian aggression: within 24 hours of"),
        (24, "The sides have 24 hours to begin consultations if Russia attacks again."),
        (None, "Russia again attacked Kyiv; within 24 hours 12 people died."),
        (None, "The attack came within 24 hours of the meeting."),
        (None, "Trump says he would end the war within 24 hours."),
        (None, "In the past 24 hours Russia attacked 12 towns; talks go on."),
        (24, "There is to be a 24-hour consultation should Russia attack."),
        (None, "24 hours before the signing Russia attacked Kyiv."),
        (24, "If Russia attacks, the two must meet, where possible within 24 hours."),
        (24, "Should Russia attack, a mechanism of 24 hours comes into play."),
    ],
)
def test_hours_belong_to_consultations(hours, text):
    assert found(SIGNED + text) == ({("consult_hours", hours)} if hours else set())


def test_the_hours_of_another_paper_are_not_the_agreements():
    compact = "The Ukraine Compact is a text of 23 countries. "
    assert found(compact + "In a new attack on Ukraine the signatories would meet within 24 hours.") == set()


def test_other_subjects_and_teasers_make_no_claim():
    assert read(*OTHERS, SIGNED + "\n\nRead more: Ukraine has signed 17 security agreements").empty


def test_operator_scope_and_evidence():
    text = NEUTRAL + "Over fifteen European countries have signed such agreements."
    row = read(text).iloc[0]
    assert (row["operator"], row["scope"], row["evidence"]) == (
        ">=",
        "countries (Europe)",
        "Over fifteen European countries",
    )
    assert text[row["start"] : row["end"]] == row["evidence"]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2024-06-12", "As of June 12, 2024, 15 countries have signed such agreements."),
        ("2024-06-12", "In total, 15 such agreements have been signed by the 12th of June 2024."),
        ("NaT", "In total, 15 such agreements were signed by Zelenskyy after January 12, 2024."),
    ],
)
def test_a_claim_speaks_of_the_day_right_after_by_or_as_of(day, text):
    rows = read(NEUTRAL + "He was in Kyiv. It was late. " + text)
    assert [str(on)[:10] for on in rows["as_of"]] == [day]


def test_the_five_articles():
    rows = claims.claims(corpus.load())
    said = {
        (row.article, row.kind, int(row.value), row.country)
        for row in rows.itertuples()
        if row.kind == "ordinal"
    }
    assert said == {("online-ua-ten-more", "ordinal", 16, "US")}
    assert rows["as_of"].notna().all()


def test_permuting_articles_and_adding_one_changes_nothing():
    whole = corpus.load()
    order = whole.articles["article"].tolist()[::-1]
    turned = whole.sentences.set_index("article").loc[order].reset_index()
    backwards = claims.claims(whole._replace(articles=whole.articles.iloc[::-1], sentences=turned))
    key = ["article", "sentence", "start", "kind"]
    expected = claims.claims(whole).sort_values(key, ignore_index=True)
    pd.testing.assert_frame_equal(backwards.sort_values(key, ignore_index=True), expected)


LEXICON = (
    "17 16th seventh twenty-one 10-year 24 hours within signed joined declaration agreements countries "
    "other more Ukraine security negotiating with the EU and , . : ; ( ) over almost decade years for 13 June"
)
WORDS = st.sampled_from([*LEXICON.split(), "\n", "\u2013"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *((" ", "\n"), (" ", "\u00a0"), ("'", "\u2019"), ('"', "\u201c")),
        *((" - ", " \u2013 "), (" - ", " \u2014 "), ("-", "\u2010"), ("-", "\u2011"), ("-", "\u2013")),
    ],
)
@settings(max_examples=4, deadline=None)
@given(every=st.integers(1, 9))
def test_line_breaks_quotes_and_dashes_change_no_row(old, new, every):
    seen = itertools.count()
    between = "(?<=\\w)-(?=\\w)" if old == "-" else re.escape(old)
    changed = [
        re.sub(between, lambda found: new if next(seen) % every == 0 else found[0], text)
        for text in COVERAGE.sentences["text"]
    ]
    rows = claims.claims(COVERAGE._replace(sentences=COVERAGE.sentences.assign(text=changed)))
    evened, expected = (
        table.assign(evidence=table["evidence"].map(numerals.even)) for table in (rows, EXPECTED)
    )
    pd.testing.assert_frame_equal(evened, expected, check_dtype=False)


@pytest.mark.parametrize(
    "menu",
    ["Home\nWorld\nPoland\nSign in\n\n", "We value your privacy.\nWe and our partners store cookies.\n\n"],
)
def test_what_a_page_begins_with_changes_no_claim(menu):
    texts = [menu + re.sub(r"\A\s*date [\d-]+\s*", "", text) for text in COVERAGE.articles["text"]]
    articles = COVERAGE.articles.assign(text=texts)
    rows = claims.claims(COVERAGE._replace(articles=articles, sentences=sentences.split(articles)))
    said = ["article", "kind", "value", "country", "as_of"]
    plain = [table[said].astype(str).value_counts().sort_index() for table in (rows, EXPECTED)]
    pd.testing.assert_series_equal(*plain)


@pytest.mark.parametrize("width", [60, 76, 90])
def test_hard_wrapping_changes_no_row(width):
    texts = [
        "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in text.split("\n"))
        for text in COVERAGE.articles["text"]
    ]
    wrapped = COVERAGE.articles.assign(text=[readers.clean(text) for text in texts])
    rows = claims.claims(COVERAGE._replace(articles=wrapped, sentences=sentences.split(wrapped)))
    pd.testing.assert_frame_equal(rows, EXPECTED)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=200)))
def test_random_text_never_raises(text):
    rows = read(SIGNED + text)
    assert [(SIGNED + text)[row.start : row.end] for row in rows.itertuples()] == rows["evidence"].tolist()


@pytest.mark.parametrize("news", NUMBERS, ids=lambda news: news["text"][-40:])
def test_numbers_in_plain_news(news):
    claimed = found(news["text"])
    if "counts" in news:
        wanted = {tuple(count) for count in news["counts"]}
        accepted = wanted | {tuple(count) for count in news.get("counts_also_ok", [])}
        assert wanted <= {claim for claim in claimed if claim[0] in COUNTS} <= accepted
    else:
        terms = {value for kind, value in claimed if kind == "duration_years"}
        wanted = {news["duration_years"]} - {None}
        assert wanted <= terms <= wanted | {news.get("duration_also_ok")}
        hours = {value for kind, value in claimed if kind == "consult_hours"}
        assert hours == {news["consult_hours"]} - {None}
