#include "workspace/visitor_questions.h"

#include <QSignalSpy>
#include <QTest>

using client::VisitorQuestion;
using workspace::VisitorQuestions;

namespace {

VisitorQuestion question(const char *visitor)
{
    return {QStringLiteral("t1"), QString::fromLatin1(visitor), QStringLiteral("curl/8")};
}

} // namespace

class VisitorQuestionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theOldestIsFirst();
    void whoIsAnsweredWaitsNoMore();
    void whoIsDecidedElsewhereWaitsNoMore();
};

void VisitorQuestionsTest::theOldestIsFirst()
{
    client::Engine engine;
    VisitorQuestions questions(engine);
    QSignalSpy asked(&questions, &VisitorQuestions::asked);
    Q_EMIT engine.visitorWaiting(question("192.0.2.1"));
    Q_EMIT engine.visitorWaiting(question("192.0.2.2"));
    QCOMPARE(asked.size(), 2);
    QCOMPARE(questions.waiting(), (QList{question("192.0.2.1"), question("192.0.2.2")}));
}

void VisitorQuestionsTest::whoIsAnsweredWaitsNoMore()
{
    client::Engine engine;
    VisitorQuestions questions(engine);
    QSignalSpy changed(&questions, &VisitorQuestions::changed);
    Q_EMIT engine.visitorWaiting(question("192.0.2.1"));
    questions.answer(question("192.0.2.1"), true);
    QVERIFY(questions.waiting().isEmpty());
    QCOMPARE(changed.size(), 2);
    questions.answer(question("192.0.2.9"), true); // nobody any more
    QCOMPARE(changed.size(), 2);
}

void VisitorQuestionsTest::whoIsDecidedElsewhereWaitsNoMore()
{
    client::Engine engine;
    VisitorQuestions questions(engine);
    Q_EMIT engine.visitorWaiting(question("192.0.2.1"));
    Q_EMIT engine.visitorWaiting(question("192.0.2.2"));
    Q_EMIT engine.visitorDecided({QStringLiteral("t1"), QStringLiteral("192.0.2.1"), {}});
    QCOMPARE(questions.waiting(), QList{question("192.0.2.2")});
}

QTEST_GUILESS_MAIN(VisitorQuestionsTest)
#include "visitor_questions_test.moc"
