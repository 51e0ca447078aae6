#include "aws/signed_caller.h"

#include "aws/http_date.h"
#include "wire/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace aws {

namespace {

using nlohmann::json;
using transport::Answer;
using transport::Request;
using wire::Code;

// AWS takes clocks that are off by less than five minutes.
constexpr std::chrono::minutes kTolerableClockError{4};

constexpr std::array<std::string_view, 6> kThrottled{"ThrottlingException",    "ProvisionedThroughputExceededException",
                                                     "RequestLimitExceeded",   "TooManyRequestsException",
                                                     "LimitExceededException", "RequestThrottled"};
constexpr std::array<std::string_view, 5> kClockErrors{"RequestTimeTooSkewed", "InvalidSignatureException",
                                                       "SignatureDoesNotMatch", "RequestExpired", "InvalidSignature"};

bool isOneOf(std::string_view name, const auto &names)
{
    return std::ranges::find(names, name) != names.end();
}

std::string messageOf(const Answer &answer)
{
    const auto parsed = json::parse(answer.body, nullptr, false);
    for (const auto *key : {"message", "Message"}) {
        if (parsed.is_object() && parsed.contains(key) && parsed[key].is_string())
            return std::string(wire::cutText(parsed[key].get<std::string>(), wire::kMaxErrorTextBytes));
    }
    return {};
}

Code codeOf(unsigned status, std::string_view name)
{
    if (status == 429 || isOneOf(name, kThrottled))
        return Code::RateLimited;
    return status == 410 ? Code::ConnectionLost : Code::InternalError;
}

ServiceError errorOf(const Answer &answer)
{
    ServiceError failed;
    failed.status = answer.status;
    failed.name = errorName(answer);
    failed.error.code = codeOf(failed.status, failed.name);
    failed.error.message = fmt::format("{} {} {}", answer.status, failed.name, messageOf(answer));
    return failed;
}

} // namespace

std::string errorName(const Answer &answer)
{
    std::string name(wire::findHeader(answer.headers, "x-amzn-ErrorType").value_or(""));
    if (name.empty()) {
        const auto parsed = json::parse(answer.body, nullptr, false);
        if (parsed.is_object() && parsed.contains("__type") && parsed["__type"].is_string())
            name = parsed["__type"].get<std::string>();
    }
    name = name.substr(0, name.find(':'));
    const auto hash = name.rfind('#');
    return hash == std::string::npos ? name : name.substr(hash + 1);
}

SignedCaller::SignedCaller(Send send, std::string host, Credentials credentials, Scope scope, Surroundings surroundings)
    : m_send(std::move(send)),
      m_host(std::move(host)),
      m_credentials(std::move(credentials)),
      m_scope(std::move(scope)),
      m_surroundings(std::move(surroundings))
{
}

void SignedCaller::learnClock(const Answer &answer)
{
    const auto theirs = parseHttpDate(wire::findHeader(answer.headers, "Date").value_or(""));
    if (!theirs)
        return;
    const auto error = *theirs - m_surroundings.clock();
    if (std::chrono::abs(error - m_clockError) < kTolerableClockError)
        return;
    m_clockError = error;
    m_clockLearned = true;
}

Outcome<Answer> SignedCaller::tryOnce(Request request, Time deadline, const CallRules &rules)
{
    const auto now = m_surroundings.clock();
    sign(request, m_host, m_credentials, m_scope, now + m_clockError);
    m_clockLearned = false;
    auto answer = m_send(request, std::min(deadline, now + rules.tryLimit));
    if (!answer)
        return std::unexpected(ServiceError{std::move(answer.error())});
    if (answer->status >= 200 && answer->status < 300)
        return std::move(*answer);
    auto failed = errorOf(*answer);
    if (isOneOf(failed.name, kClockErrors))
        learnClock(*answer);
    return std::unexpected(std::move(failed));
}

bool SignedCaller::worthAnotherTry(const ServiceError &error, const CallRules &rules) const
{
    if (error.status == 0)
        return error.error.code == Code::LocalServiceUnavailable ||
               (rules.repeatable && (error.error.code == Code::ConnectionLost || error.error.code == Code::Timeout));
    if (error.error.code == Code::RateLimited || m_clockLearned)
        return true;
    return rules.repeatable && error.status >= 500;
}

Outcome<Answer> SignedCaller::call(const Request &request, Time deadline, const CallRules &rules)
{
    for (unsigned failures = 1;; ++failures) {
        auto answer = tryOnce(request, deadline, rules);
        if (answer || !worthAnotherTry(answer.error(), rules))
            return answer;
        const auto left = deadline - m_surroundings.clock();
        const auto pause = retryPause(rules.retry, failures, m_surroundings.random(), left);
        if (!pause)
            return answer;
        m_surroundings.pause(*pause);
    }
}

} // namespace aws
