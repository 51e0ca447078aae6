#include "wire/limits.h"
#include "workspace/notice_board.h"

#include <QSignalSpy>
#include <QTest>

using workspace::Notice;
using workspace::NoticeBoard;

class NoticeBoardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNoticeReplacesTheOneBefore();
    void theSameIsToldOnce();
    void aSuccessTakesItAway();
    void theOldestGo();
};

void NoticeBoardTest::aNoticeReplacesTheOneBefore()
{
    NoticeBoard board;
    board.tell({QStringLiteral("a"), QStringLiteral("one")});
    board.tell({QStringLiteral("b"), QStringLiteral("other"), false});
    board.tell({QStringLiteral("a"), QStringLiteral("two")});
    QCOMPARE(board.notices().size(), 2);
    QCOMPARE(board.notices().first().key, QStringLiteral("b"));
    QCOMPARE(board.notices().last().text, QStringLiteral("two"));
}

void NoticeBoardTest::theSameIsToldOnce()
{
    NoticeBoard board;
    QSignalSpy told(&board, &NoticeBoard::noticed);
    board.tell({QStringLiteral("a"), QStringLiteral("one")});
    board.tell({QStringLiteral("a"), QStringLiteral("one")});
    board.tell({QStringLiteral("b"), {}});
    QCOMPARE(told.size(), 1);
}

void NoticeBoardTest::aSuccessTakesItAway()
{
    NoticeBoard board;
    QSignalSpy told(&board, &NoticeBoard::noticed);
    board.tell(QStringLiteral("a"), wire::fail(wire::Code::InternalError, "the disk is full"),
               QStringLiteral("Not saved"));
    QCOMPARE(board.notices().first().text, QStringLiteral("Not saved: the disk is full"));
    board.tell(QStringLiteral("a"), {}, QStringLiteral("Not saved"));
    QVERIFY(board.notices().isEmpty());
    QCOMPARE(told.size(), 2);
    QVERIFY(told.last().first().value<Notice>().text.isEmpty());
}

void NoticeBoardTest::theOldestGo()
{
    NoticeBoard board;
    for (std::size_t i = 0; i < wire::kMaxNotices + 3; ++i)
        board.tell({QString::number(i), QStringLiteral("text")});
    QCOMPARE(std::size_t(board.notices().size()), wire::kMaxNotices);
    QCOMPARE(board.notices().first().key, QStringLiteral("3"));
}

QTEST_APPLESS_MAIN(NoticeBoardTest)
#include "notice_board_test.moc"
