#include "ui/theme/theme.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/settings_paste.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QTest>

using ui::NoticeBar;

class SettingsPasteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatTheClipboardHasIsRead()
    {
        NoticeBar bar(m_theme);
        QGuiApplication::clipboard()->setText(QStringLiteral("TUNNEL_TOKEN=s3cret"));
        const auto pasted = ui::pastedServer(bar);
        QVERIFY(pasted && pasted->token.reveal() == "s3cret");
        QGuiApplication::clipboard()->clear();
        QVERIFY(!ui::pastedServer(bar));
        QCOMPARE(bar.kind(), NoticeBar::Kind::Error);
        QVERIFY(bar.text().contains(QStringLiteral("no text in the clipboard")));
    }

    void itIsClearedWhenAsked()
    {
        NoticeBar bar(m_theme);
        QGuiApplication::clipboard()->setText(QStringLiteral("s3cret"));
        ui::tellPasted(bar, QStringLiteral("Filled in."));
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("s3cret"));
        bar.findChild<QPushButton *>()->click();
        QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
    }

    void whatCameAfterwardsIsLeftAlone()
    {
        NoticeBar bar(m_theme);
        QGuiApplication::clipboard()->setText(QStringLiteral("s3cret"));
        ui::tellPasted(bar, QStringLiteral("Filled in."));
        QGuiApplication::clipboard()->setText(QStringLiteral("a recipe"));
        bar.findChild<QPushButton *>()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a recipe"));
        QVERIFY(bar.text().contains(QStringLiteral("something else")));
    }

private:
    ui::Theme m_theme{*qApp};
};

QTEST_MAIN(SettingsPasteTest)
#include "settings_paste_test.moc"
