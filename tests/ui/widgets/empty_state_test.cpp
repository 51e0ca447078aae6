#include "support/screenshot.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/qr_view.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

namespace {

const QString kHeading = QStringLiteral("No requests yet");
const QString kSentence = QStringLiteral("Open the URL in a browser, or scan the code with your phone, and the request "
                                         "appears here at once.");

QLabel *labelOf(const QWidget &widget, const QString &text)
{
    for (auto *label : widget.findChildren<QLabel *>()) {
        if (label->text() == text)
            return label;
    }
    return nullptr;
}

} // namespace

class EmptyStateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void headingAndSentenceAreShown();
    void itsLookOutlivesAMove();
    void textsCanChange();
    void buttonsAreReached();
    void itLooksRight();
};

void EmptyStateTest::headingAndSentenceAreShown()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    const EmptyState state(theme, Glyph::Tunnel, kHeading, kSentence);
    QVERIFY(labelOf(state, kHeading));
    QCOMPARE(labelOf(state, kHeading)->font().pointSizeF(), theme.heading().pointSizeF());
    QVERIFY(labelOf(state, kSentence)->wordWrap());
}

void EmptyStateTest::itsLookOutlivesAMove()
{
    Theme theme(*qApp, settings::Appearance::Light);
    QWidget window;
    auto *state = new EmptyState(theme, Glyph::Tunnel, kHeading, kSentence);
    state->setParent(&window);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(labelOf(window, kHeading)->font().pointSizeF(), theme.heading().pointSizeF());
    QCOMPARE(labelOf(window, kSentence)->palette().color(QPalette::WindowText), theme.colors().muted);
    theme.setAppearance(settings::Appearance::Dark);
    state->setSentence(QStringLiteral("Again"));
    state->setHeading(QStringLiteral("Paused"));
    QCOMPARE(labelOf(window, QStringLiteral("Paused"))->font().pointSizeF(), theme.heading().pointSizeF());
    QCOMPARE(labelOf(window, QStringLiteral("Again"))->palette().color(QPalette::WindowText), theme.colors().muted);
}

void EmptyStateTest::textsCanChange()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    EmptyState state(theme, Glyph::Tunnel, kHeading, kSentence);
    QLabel *sentence = labelOf(state, kSentence);
    state.setHeading(QStringLiteral("Paused"));
    state.setSentence({});
    QVERIFY(labelOf(state, QStringLiteral("Paused")));
    QVERIFY(sentence->isHidden());
    state.setSentence(QStringLiteral("Again"));
    QVERIFY(!sentence->isHidden());
}

void EmptyStateTest::buttonsAreReached()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    EmptyState state(theme, Glyph::Tunnel, kHeading, kSentence);
    QPushButton *primary = state.addButton(QStringLiteral("Expose port…"), true);
    QPushButton *other = state.addButton(QStringLiteral("Learn more"));
    QCOMPARE(primary->property("kind").toString(), QStringLiteral("primary"));
    QVERIFY(!other->property("kind").isValid());
    const QSignalSpy clicked(primary, &QPushButton::clicked);
    state.resize(600, 400);
    state.show();
    QVERIFY(QTest::qWaitForWindowActive(&state));
    primary->setFocus();
    QTest::keyClick(primary, Qt::Key_Space);
    QCOMPARE(clicked.count(), 1);
    QTest::keyClick(primary, Qt::Key_Tab);
    QVERIFY(other->hasFocus());
}

void EmptyStateTest::itLooksRight()
{
    support::keepScreenshots(QStringLiteral("empty-state"), QSize(560, 560), [](Theme &theme) {
        auto state = std::make_unique<EmptyState>(theme, Glyph::Globe, kHeading, kSentence);
        auto *code = new QrView;
        code->setText(QStringLiteral("https://shop.example.com/"));
        code->setFixedSize(160, 160);
        auto *holder = new QWidget;
        auto *row = new QHBoxLayout(holder);
        row->addWidget(code);
        state->addWidget(holder);
        state->addButton(QStringLiteral("Copy URL"), true);
        state->addButton(QStringLiteral("Open in browser"));
        return state;
    });
}

QTEST_MAIN(EmptyStateTest)
#include "empty_state_test.moc"
