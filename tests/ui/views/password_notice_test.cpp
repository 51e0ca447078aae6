#include "support/screenshot.h"
#include "ui/views/password_notice.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QTest>

using namespace ui;

class PasswordNoticeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsItOnceAndCopies()
    {
        Theme theme(*qApp, settings::Appearance::Light);
        PasswordNotice notice(theme);
        QVERIFY(notice.isHidden());
        notice.reveal(QStringLiteral("guest"), QStringLiteral("drawn-password"));
        QVERIFY(!notice.isHidden());
        QVERIFY(notice.text().contains(QStringLiteral("guest")) &&
                notice.text().contains(QStringLiteral("drawn-password")));
        notice.findChild<QPushButton *>()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("drawn-password"));
        notice.forget();
        QVERIFY(notice.isHidden());
        QVERIFY(notice.password().isEmpty() && !notice.text().contains(QStringLiteral("drawn-password")));
    }

    void looksRight()
    {
        support::keepScreenshots(QStringLiteral("password-notice"), {520, 120}, [](Theme &theme) {
            auto notice = std::make_unique<PasswordNotice>(theme);
            notice->reveal(QStringLiteral("guest"), QStringLiteral("kx4m-pq7wz9dhn2rtbvc"));
            return notice;
        });
    }
};

QTEST_MAIN(PasswordNoticeTest)
#include "password_notice_test.moc"
