// Calls one AWS service: signs, sends, waits and tries again while that makes sense, and learns from the service how wrong this
// machine's clock is. Owned by the adapters of the services; one thread. Has no socket of its own: see Surroundings.
#pragma once

#include "aws/retry.h"
#include "aws/sigv4.h"
#include "transport/http_client.h"

#include <functional>
#include <string>

namespace aws {

// What a caller needs from the world.
struct Surroundings {
    std::function<Time()> clock;
    std::function<void(std::chrono::milliseconds)> pause;
    std::function<double()> random; // in [0, 1)
};

using Send = std::function<wire::Result<transport::Answer>(const transport::Request &, Time deadline)>;

// Why a call failed: `name` is the service's own word for it ("ConditionalCheckFailedException"), empty when none came.
struct ServiceError {
    wire::Error error;
    std::string name{};
    unsigned status = 0; // 0: no answer
};

template <class T = void>
using Outcome = std::expected<T, ServiceError>;

// How to take the answers of a service.
struct CallRules {
    std::chrono::milliseconds tryLimit = wire::kServiceTryTimeout; // of one try
    RetryRule retry{};
    bool repeatable = true; // may be tried again when it may have been done already
};

class SignedCaller {
public:
    SignedCaller(Send send, std::string host, Credentials credentials, Scope scope, Surroundings surroundings);

    // An answer with a status of 2xx, or what went wrong at last.
    [[nodiscard]] Outcome<transport::Answer> call(const transport::Request &request, Time deadline,
                                                  const CallRules &rules = {});

private:
    Outcome<transport::Answer> tryOnce(transport::Request request, Time deadline, const CallRules &rules);
    [[nodiscard]] bool worthAnotherTry(const ServiceError &error, const CallRules &rules) const;
    void learnClock(const transport::Answer &answer);

    Send m_send;
    std::string m_host;
    Credentials m_credentials;
    Scope m_scope;
    Surroundings m_surroundings;
    std::chrono::milliseconds m_clockError{0}; // AWS's clock less ours
    bool m_clockLearned = false; // since the last success
};

// The name of the error in an answer: `__type` of its JSON or the field x-amzn-ErrorType, without namespace and URL.
[[nodiscard]] std::string errorName(const transport::Answer &answer);

} // namespace aws
