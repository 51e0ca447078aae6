#include "guard/login_page.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

std::vector<std::string> challenges(const guard::LoginPage &page)
{
    std::vector<std::string> found;
    for (const auto &header : page.head.headers) {
        if (wire::sameFieldName(header.name, "WWW-Authenticate"))
            found.push_back(header.value);
    }
    return found;
}

TEST(LoginPage, ChallengesForEachWay)
{
    wire::RequestHead request;
    request.method = "GET";
    request.requestId = "req_1";
    const auto page = guard::makeLoginPage(request, {true, true, true});
    EXPECT_EQ(page.head.status, 401U);
    EXPECT_EQ(challenges(page), (std::vector<std::string>{R"(Basic realm="tunnel", charset="UTF-8")",
                                                          R"(Bearer realm="tunnel", error="invalid_token")"}));
    EXPECT_EQ(challenges(guard::makeLoginPage(request, {false, true, false})),
              std::vector<std::string>{R"(Bearer realm="tunnel")"});
    EXPECT_EQ(wire::findHeader(page.head.headers, "Content-Length"), std::to_string(page.body.size()));
    EXPECT_EQ(wire::findHeader(page.head.headers, "X-Request-Id"), "req_1");
    EXPECT_TRUE(wire::checkHead(page.head));
    EXPECT_TRUE(wire::checkFraming(page.head));
}

TEST(LoginPage, HeadHasNoBody)
{
    wire::RequestHead request;
    request.method = "HEAD";
    const auto page = guard::makeLoginPage(request, {true, false, false});
    EXPECT_TRUE(page.body.empty());
    EXPECT_EQ(page.head.body, wire::BodyKind::None);
    EXPECT_TRUE(wire::checkFraming(page.head));
}

} // namespace
