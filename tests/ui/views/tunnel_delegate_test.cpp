#include "ui/models/roles.h"
#include "ui/seen.h"
#include "ui/theme/metrics.h"
#include "ui/views/tunnel_delegate.h"

#include <QApplication>
#include <QPainter>
#include <QStandardItemModel>
#include <QTest>

using namespace ui;

namespace {

workspace::TunnelInfo tunnel(client::Phase phase)
{
    workspace::TunnelInfo info;
    info.id = QStringLiteral("t1");
    info.entry.name = QStringLiteral("shop");
    info.entry.target.port = 3000;
    info.publicUrl = QStringLiteral("http://shop.localhost:7000/");
    info.status.phase = phase;
    return info;
}

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    QStandardItemModel model{1, 1};
    TunnelDelegate delegate{theme};

    explicit Stage(const workspace::TunnelInfo &info)
    {
        model.setData(model.index(0, 0), QVariant::fromValue(info), TunnelRole);
    }
    [[nodiscard]] QStyleOptionViewItem option(int width, QStyle::State state) const
    {
        QStyleOptionViewItem option;
        option.font = QApplication::font();
        option.rect = QRect(0, 0, width, delegate.sizeHint(option, model.index(0, 0)).height());
        option.state = state;
        return option;
    }
    [[nodiscard]] QImage painted(int width, QStyle::State state = {}) const
    {
        const auto item = option(width, state);
        QImage image(item.rect.size(), QImage::Format_ARGB32_Premultiplied);
        image.fill(theme.colors().surface);
        QPainter painter(&image);
        delegate.paint(&painter, item, model.index(0, 0));
        return image;
    }
};

} // namespace

class TunnelDelegateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stateHasItsColour();
    void theChosenOneIsMarked();
    void moreAppearsUnderThePointer();
    void aNarrowRowStaysWithinItself();
};

void TunnelDelegateTest::stateHasItsColour()
{
    QVERIFY(support::hasColor(Stage(tunnel(client::Phase::Online)).painted(240), lightColors().success));
    QVERIFY(support::hasColor(Stage(tunnel(client::Phase::Failed)).painted(240), lightColors().danger));
    QVERIFY(!support::hasColor(Stage(tunnel(client::Phase::Stopped)).painted(240), lightColors().danger));
}

void TunnelDelegateTest::theChosenOneIsMarked()
{
    const Stage stage(tunnel(client::Phase::Online));
    QVERIFY(support::hasColor(stage.painted(240, QStyle::State_Selected), lightColors().selection));
    QVERIFY(!support::hasColor(stage.painted(240), lightColors().selection));
    const auto focus = QStyle::State_Selected | QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange;
    QVERIFY(support::hasColor(stage.painted(240, focus), lightColors().accent));
}

void TunnelDelegateTest::moreAppearsUnderThePointer()
{
    const Stage stage(tunnel(client::Phase::Online));
    const QRect more = TunnelDelegate::moreRect(stage.option(240, {}).rect);
    QVERIFY(stage.option(240, {}).rect.contains(more));
    QVERIFY(stage.painted(240).copy(more) != stage.painted(240, QStyle::State_MouseOver).copy(more));
}

void TunnelDelegateTest::aNarrowRowStaysWithinItself()
{
    auto info = tunnel(client::Phase::Reconnecting);
    info.entry.name = QString(200, QLatin1Char('n'));
    info.publicUrl = QStringLiteral("https://") + QString(200, QLatin1Char('u'));
    const Stage stage(info);
    const QImage image = stage.painted(180);
    for (int y = 0; y < image.height(); ++y)
        QCOMPARE(image.pixelColor(image.width() - 2, y), lightColors().surface);
}

QTEST_MAIN(TunnelDelegateTest)
#include "tunnel_delegate_test.moc"
