#include "ttf/failure_text.h"

#include <QTest>

class FailureTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void unauthorizedWithoutATokenSaysWhereToGiveOne();
    void unauthorizedWithATokenSaysToAskForAnother();
    void eachFailureHasATitleAndARemedy_data();
    void eachFailureHasATitleAndARemedy();
    void aServersWordsAreHarmless();
};

namespace {

std::string text(wire::Code code, const char *reason, bool tokenGiven)
{
    client::TunnelStatus status;
    status.id = QStringLiteral("shop");
    status.phase = client::Phase::Failed;
    status.reason = {code, reason};
    return ttf::failureText(status, tokenGiven);
}

} // namespace

void FailureTextTest::unauthorizedWithoutATokenSaysWhereToGiveOne()
{
    const std::string failure = text(wire::Code::Unauthorized, "a token is needed", false);
    QVERIFY2(failure.starts_with("ERROR: Unauthorized\nshop: a token is needed\n"), failure.c_str());
    QVERIFY(failure.contains("--token-file") && failure.contains("TUNNEL_TOKEN") && failure.contains("settings of"));
}

void FailureTextTest::unauthorizedWithATokenSaysToAskForAnother()
{
    const std::string failure = text(wire::Code::Unauthorized, "unknown token", true);
    QVERIFY(failure.contains("does not accept this token"));
    QVERIFY(!failure.contains("--token-file"));
}

void FailureTextTest::eachFailureHasATitleAndARemedy_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("title");
    QTest::addColumn<QByteArray>("remedy");
    const auto row = [](wire::Code code, const char *title, const char *remedy) {
        QTest::newRow(title) << static_cast<int>(code) << QByteArray(title) << QByteArray(remedy);
    };
    row(wire::Code::Forbidden, "ERROR: Forbidden\n", "another by --name");
    row(wire::Code::NameTaken, "ERROR: Name taken\n", "--takeover");
    row(wire::Code::ProtocolError, "ERROR: Protocol error\n", "up to date");
    row(wire::Code::InvalidRequest, "ERROR: Invalid request\n", "shop: why");
    row(wire::Code::InternalError, "ERROR: The tunnel failed\n", "shop: why");
}

void FailureTextTest::eachFailureHasATitleAndARemedy()
{
    QFETCH(const int, code);
    QFETCH(const QByteArray, title);
    QFETCH(const QByteArray, remedy);
    const std::string failure = text(static_cast<wire::Code>(code), "why", true);
    QVERIFY2(failure.starts_with(title.toStdString()), failure.c_str());
    QVERIFY2(failure.contains(remedy.toStdString()), failure.c_str());
}

void FailureTextTest::aServersWordsAreHarmless()
{
    const std::string failure = text(wire::Code::Forbidden, "no\x1b]0;owned\x07", true);
    QVERIFY(failure.contains("no\\x1b]0;owned\\x07"));
}

QTEST_APPLESS_MAIN(FailureTextTest)
#include "failure_text_test.moc"
