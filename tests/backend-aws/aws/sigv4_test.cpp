#include "aws/sigv4.h"
#include "edge/http_url.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace {

using nlohmann::json;

std::string fromHex(const std::string &text)
{
    std::string bytes;
    for (std::size_t at = 0; at + 1 < text.size(); at += 2)
        bytes.push_back(static_cast<char>(std::stoi(text.substr(at, 2), nullptr, 16)));
    return bytes;
}

aws::Time timeOf(const std::string &text) // "20260102T030405Z"
{
    const auto part = [&](std::size_t at, std::size_t length) { return std::stoi(text.substr(at, length)); };
    const auto date = std::chrono::year(part(0, 4)) / part(4, 2) / part(6, 2);
    return std::chrono::sys_days(date) + std::chrono::hours(part(9, 2)) + std::chrono::minutes(part(11, 2)) +
           std::chrono::seconds(part(13, 2));
}

json vectors()
{
    std::ifstream file(std::string(AWS_SAMPLES) + "/sigv4-vectors.json");
    return json::parse(file)["vectors"];
}

TEST(SigV4, AgreesWithBotocore)
{
    const auto all = vectors();
    EXPECT_GE(all.size(), 9U);
    for (const auto &vector : all) {
        const auto url = edge::parseHttpUrl(vector["url"].get<std::string>()).value();
        transport::Request request;
        request.method = vector["method"].get<std::string>();
        request.target = url.target;
        for (const auto &[name, value] : vector["headers"].items())
            request.headers.push_back({name, value});
        request.body = fromHex(vector["body_hex"].get<std::string>());
        const auto token =
            vector["session_token"].is_null() ? std::string() : vector["session_token"].get<std::string>();
        const auto text = [&](const char *name) { return vector[name].get<std::string>(); };
        aws::sign(request, url.authority, {text("access_key"), text("secret_key"), token},
                  {text("region"), text("service")}, timeOf(text("x_amz_date")));
        EXPECT_EQ(wire::findHeader(request.headers, "Authorization"), vector["authorization"].get<std::string>())
            << vector["name"];
        EXPECT_EQ(wire::findHeader(request.headers, "X-Amz-Date"), vector["x_amz_date"].get<std::string>());
    }
}

TEST(SigV4, SignsARequestAgain)
{
    transport::Request once;
    aws::sign(once, "h", {"a", "s", "t"}, {"r", "v"}, aws::Time(std::chrono::seconds(86'400)));
    auto twice = once;
    aws::sign(twice, "h", {"a", "s", "t"}, {"r", "v"}, aws::Time(std::chrono::seconds(86'400)));
    EXPECT_EQ(once.headers, twice.headers);
    aws::sign(twice, "h", {"a", "s", "t"}, {"r", "v"}, aws::Time(std::chrono::seconds(86'401)));
    EXPECT_NE(once.headers, twice.headers);
}

} // namespace
