#include "ui/theme/metrics.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace ui;

namespace {

QStringList warnings;

void keepWarning(QtMsgType, const QMessageLogContext &, const QString &text)
{
    warnings += text;
}

} // namespace

class StyleSheetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyWordIsReplaced();
    void qtUnderstandsIt();
    void itsPicturesExist();
    void controlsShareOneHeight();
    void focusMovesNothing();
    void repolishTakesTheProperty();
    void aLastingFontLasts();
    void placeholdersAreReadable();
};

void StyleSheetTest::everyWordIsReplaced()
{
    for (const Colors &colors : {lightColors(), darkColors()}) {
        const QString sheet = styleSheet(colors);
        QVERIFY2(!sheet.contains(QLatin1Char('@')), qPrintable(sheet.mid(sheet.indexOf(QLatin1Char('@')), 40)));
        QVERIFY(sheet.contains(colors.accent.name()));
        QCOMPARE(sheet.count(QLatin1Char('{')), sheet.count(QLatin1Char('}')));
    }
    QVERIFY(styleSheet(lightColors()) != styleSheet(darkColors()));
}

void StyleSheetTest::qtUnderstandsIt()
{
    warnings.clear();
    const QtMessageHandler before = qInstallMessageHandler(keepWarning);
    {
        const Theme theme(*qApp, settings::Appearance::Dark);
        QPushButton button;
        button.ensurePolished();
    }
    qInstallMessageHandler(before);
    QCOMPARE(warnings, QStringList());
}

void StyleSheetTest::itsPicturesExist()
{
    for (const Colors &colors : {lightColors(), darkColors()}) {
        auto match = QRegularExpression(QStringLiteral("url\\(([^)]+)\\)")).globalMatch(styleSheet(colors));
        QVERIFY(match.hasNext());
        while (match.hasNext()) {
            const QString file = match.next().captured(1);
            QVERIFY2(QFile::exists(file), qPrintable(file));
        }
    }
    // What stands on the accent has the colour that is readable there.
    for (const auto &[name, colors] : {std::pair("light", lightColors()), std::pair("dark", darkColors())}) {
        QFile file(QStringLiteral(":/style/check-%1.svg").arg(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains(colors.onAccent.name().toLatin1()));
    }
}

void StyleSheetTest::controlsShareOneHeight()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    QPushButton button(QStringLiteral("Start"));
    QPushButton primary(QStringLiteral("Expose"));
    primary.setProperty("kind", QStringLiteral("primary"));
    QLineEdit edit;
    QComboBox combo;
    combo.addItem(QStringLiteral("One"));
    QSpinBox spin;
    QToolButton tool;
    for (QWidget *control : std::initializer_list<QWidget *>{&button, &primary, &edit, &combo, &spin, &tool}) {
        control->ensurePolished();
        QVERIFY2(control->sizeHint().height() == kControlHeight,
                 qPrintable(QStringLiteral("%1: %2")
                                .arg(QString::fromLatin1(control->metaObject()->className()))
                                .arg(control->sizeHint().height())));
    }
}

void StyleSheetTest::focusMovesNothing()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    QWidget window;
    QPushButton button(QStringLiteral("Start"), &window);
    QPushButton other(QStringLiteral("Stop"), &window);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    other.setFocus();
    const QSize without = button.sizeHint();
    const QImage quiet = button.grab().toImage();
    button.setFocus();
    QVERIFY(button.hasFocus());
    QCOMPARE(button.sizeHint(), without);
    QVERIFY(button.grab().toImage() != quiet); // the ring
}

void StyleSheetTest::repolishTakesTheProperty()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    QLineEdit edit;
    edit.resize(120, kControlHeight);
    const QImage before = edit.grab().toImage();
    edit.setProperty("fault", true);
    repolish(edit);
    const QImage after = edit.grab().toImage();
    QCOMPARE(after.pixelColor(60, 0), theme.colors().danger);
    QVERIFY(before.pixelColor(60, 0) != theme.colors().danger);
}

void StyleSheetTest::aLastingFontLasts()
{
    Theme theme(*qApp, settings::Appearance::Light);
    QLabel label(QStringLiteral("Text"));
    label.ensurePolished();
    setLastingFont(label, theme.heading());
    repolish(label);
    QCOMPARE(label.font().pointSizeF(), theme.heading().pointSizeF());
    theme.setAppearance(settings::Appearance::Dark);
    QCOMPARE(label.font().pointSizeF(), theme.heading().pointSizeF());
    setLastingFont(label, QApplication::font());
    repolish(label);
    QCOMPARE(label.font().pointSizeF(), QApplication::font().pointSizeF());
}

void StyleSheetTest::placeholdersAreReadable()
{
    const Theme theme(*qApp, settings::Appearance::Dark);
    QLineEdit edit;
    edit.ensurePolished();
    QCOMPARE(edit.palette().color(QPalette::PlaceholderText), theme.colors().muted);
    QCOMPARE(edit.palette().color(QPalette::Text), theme.colors().text);
    QCOMPARE(edit.palette().color(QPalette::Disabled, QPalette::Text), theme.colors().disabled);
}

QTEST_MAIN(StyleSheetTest)
#include "style_sheet_test.moc"
