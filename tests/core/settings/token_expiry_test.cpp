#include "settings/token_expiry.h"
#include "wire/base64.h"
#include "wire/limits.h"

#include <QTest>

using settings::tokenExpiry;

namespace {

std::string token(std::string_view payload)
{
    return wire::encodeBase64Url(R"({"alg":"HS256"})") + "." + wire::encodeBase64Url(payload) + ".c2ln";
}

std::int64_t secondsOf(std::string_view text)
{
    const auto expiry = tokenExpiry(text);
    return expiry ? expiry->time_since_epoch().count() : -1;
}

} // namespace

class TokenExpiryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ofAWebToken();
    void ofNoneThatSaysIt();
};

void TokenExpiryTest::ofAWebToken()
{
    QCOMPARE(secondsOf(token(R"({"sub":"alice","exp":1900000000})")), 1'900'000'000);
    QCOMPARE(secondsOf(token(R"({"exp":1900000000.75})")), 1'900'000'000);
    QCOMPARE(secondsOf(token(R"({"exp":0})")), 0);
    QCOMPARE(secondsOf(token(R"({"exp":253402300799})")), wire::kMaxJwtTime);
}

void TokenExpiryTest::ofNoneThatSaysIt()
{
    for (const char *payload : {R"({"sub":"alice"})", R"({"exp":"soon"})", R"({"exp":-1})", R"({"exp":1e300})",
                                R"({"exp":null})", R"([1900000000])", "1900000000", "", "{"})
        QVERIFY2(!tokenExpiry(token(payload)), payload);
    for (const char *text : {"", "token-0123456789", "..", "a.b.c", "a.b", "a.b.c.d", "eyJ.!!.x"})
        QVERIFY2(!tokenExpiry(text), text);
    QVERIFY(!tokenExpiry(token(std::string(5000, '['))));
    QVERIFY(!tokenExpiry(token(R"({"exp":1900000000,"x":")" + std::string(wire::kMaxTokenBytes, 'x') + "\"}")));
}

QTEST_GUILESS_MAIN(TokenExpiryTest)
#include "token_expiry_test.moc"
