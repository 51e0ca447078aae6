#include "ui/theme/colors.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace ui;

namespace {

constexpr double kReadable = 4.5; // WCAG 2.1, 1.4.3, AA
constexpr double kVisible = 3.0;  // 1.4.11, of what is no text

struct Pair {
    const char *name;
    QColor Colors::*front;
    QColor Colors::*back;
};

double channel(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

// Everything that is read as text, on everything it may stand on.
QList<Pair> readable()
{
    QList<Pair> pairs{{"onAccent on accent", &Colors::onAccent, &Colors::accent},
                      {"onAccent on accentHover", &Colors::onAccent, &Colors::accentHover},
                      {"text on selected", &Colors::text, &Colors::selected},
                      {"text on pressed", &Colors::text, &Colors::pressed},
                      {"success on its soft", &Colors::success, &Colors::successSoft},
                      {"info on its soft", &Colors::info, &Colors::infoSoft},
                      {"warning on its soft", &Colors::warning, &Colors::warningSoft},
                      {"danger on its soft", &Colors::danger, &Colors::dangerSoft}};
    for (const auto soft : {&Colors::successSoft, &Colors::infoSoft, &Colors::warningSoft, &Colors::dangerSoft})
        pairs += Pair{"text on soft", &Colors::text, soft};
    for (const auto back : {&Colors::window, &Colors::surface, &Colors::raised, &Colors::hover, &Colors::selection}) {
        pairs += {{"text", &Colors::text, back},      {"muted", &Colors::muted, back},
                  {"accent", &Colors::accent, back},  {"success", &Colors::success, back},
                  {"info", &Colors::info, back},      {"warning", &Colors::warning, back},
                  {"danger", &Colors::danger, back},  {"key", &Colors::key, back},
                  {"string", &Colors::string, back},  {"number", &Colors::number, back},
                  {"keyword", &Colors::keyword, back}};
    }
    return pairs;
}

} // namespace

class ColorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFormulaIsTheOneOfWcag();
    void textIsReadable_data();
    void textIsReadable();
    void focusIsVisible_data();
    void focusIsVisible();
    void statesDiffer();
};

void ColorsTest::theFormulaIsTheOneOfWcag()
{
    QVERIFY(qAbs(contrast(Qt::black, Qt::white) - 21) < 0.01);
    QVERIFY(qAbs(contrast(QColor(0x767676), Qt::white) - 4.54) < 0.01); // the lightest grey that passes
}

void ColorsTest::textIsReadable_data()
{
    QTest::addColumn<Colors>("colors");
    QTest::newRow("light") << lightColors();
    QTest::newRow("dark") << darkColors();
}

void ColorsTest::textIsReadable()
{
    QFETCH(const Colors, colors);
    for (const Pair &pair : readable()) {
        const double ratio = contrast(colors.*pair.front, colors.*pair.back);
        const QString told = QStringLiteral("%1: %2 on %3 is %4")
                                 .arg(QLatin1String(pair.name), (colors.*pair.front).name(), (colors.*pair.back).name())
                                 .arg(ratio);
        QVERIFY2(ratio >= kReadable, qPrintable(told));
    }
}

void ColorsTest::focusIsVisible_data()
{
    textIsReadable_data();
}

void ColorsTest::focusIsVisible()
{
    QFETCH(const Colors, colors);
    for (const QColor &back : {colors.window, colors.surface, colors.raised}) {
        QVERIFY(contrast(colors.accent, back) >= kVisible);                  // rings, selected tabs
        QVERIFY(contrast(colors.muted, back) >= kVisible);                   // edges of check boxes
        QVERIFY(contrast(QColor(0x7c8594), back) >= kVisible);               // resources/style/chevron-*.svg
    }
}

void ColorsTest::statesDiffer()
{
    for (const Colors &colors : {lightColors(), darkColors()}) {
        const QList<QRgb> states{colors.success.rgb(), colors.info.rgb(), colors.warning.rgb(), colors.danger.rgb(),
                                 colors.muted.rgb()};
        QCOMPARE(QSet<QRgb>(states.begin(), states.end()).size(), states.size());
        QVERIFY(colors.dark == (colors.window.lightness() < colors.text.lightness()));
    }
}

QTEST_GUILESS_MAIN(ColorsTest)
#include "colors_test.moc"
