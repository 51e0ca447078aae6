// Stands between the visitors of one tunnel and its local service: says of each request whether it may pass, and what
// must be found out before. Sans I/O: hashing, asking the owner and reading bodies are the caller's, who then asks again
// with the same request. One for each tunnel, on the engine's thread.
#pragma once

#include "guard/failure_limit.h"
#include "guard/login_memory.h"
#include "guard/rules.h"
#include "guard/visitor_memory.h"
#include "wire/http_head.h"

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <variant>

namespace guard {

struct Moment {
    std::chrono::sys_seconds wall;
    SteadyTime steady;
};

// It may pass, once the gate has prepared its head.
struct Pass {};
// Ends the stream with this code, for which the server has a page; the sentence is for the owner's log.
struct Refuse {
    wire::Error why;
};
// Ends the stream with a response of our own.
struct Reply {
    wire::ResponseHead head;
    std::string body;
    std::optional<wire::Error> why; // nothing: a preflight was answered
};
// Hash the password off this thread, once for all requests with this digest, and tell onPassword(). When it is right, ask
// again; else answer wrongPassword().
struct CheckPassword {
    std::string digest; // the same for the same credentials
    std::string visitor; // visitorKey()
    std::string password;
    std::optional<PasswordHash> hash; // nothing: nobody has this name; hash all the same, so that it takes as long
};
// Ask the owner, then tell onVisitor() and ask again.
struct AskOwner {
    std::string visitor; // visitorKey()
    std::string userAgent; // cut and without control characters
};
// Read the body, at most wire::kMaxSignedBodyBytes, and give it to onBody().
struct ReadBody {};

using Verdict = std::variant<Pass, Refuse, Reply, CheckPassword, AskOwner, ReadBody>;

class Gate {
public:
    // `addressTrusted`: the server that tells visitors' addresses cannot be somebody else in its place. Without, rules
    // about addresses let nobody in.
    Gate(Rules rules, Secrets secrets, bool addressTrusted, Moment now);

    [[nodiscard]] Verdict onRequest(const wire::RequestHead &head, const Moment &now);
    void onPassword(const CheckPassword &check, bool right, const Moment &now);
    // It was not hashed.
    void forgetCheck(const CheckPassword &check, const Moment &now);
    [[nodiscard]] Verdict wrongPassword(const wire::RequestHead &head) const { return demandLogin(head, true); }
    void onVisitor(const std::string &visitor, bool let, const Moment &now);
    [[nodiscard]] Verdict onBody(const wire::RequestHead &head, std::string_view body, const Moment &now);

    // The head as the service gets it, after Pass. The tunnel's own credentials stay here.
    void prepare(wire::RequestHead &head) const;
    // The head as it may be shown and recorded: without credentials for the tunnel.
    void hideCredentials(wire::RequestHead &head) const;
    [[nodiscard]] bool allowsEveryOrigin() const { return m_rules.cors; }
    [[nodiscard]] const Rules &rules() const { return m_rules; }

private:
    enum class Door : std::uint8_t { Login, Signature };

    [[nodiscard]] std::optional<wire::Error> expired(const Moment &now) const;
    [[nodiscard]] std::optional<wire::Error> wrongAddress(const wire::RequestHead &head) const;
    [[nodiscard]] wire::Result<Door> doorOf(const wire::RequestHead &head) const;
    [[nodiscard]] Verdict atSignature(const wire::RequestHead &head) const;
    [[nodiscard]] std::optional<Verdict> atLogin(const wire::RequestHead &head, const Moment &now);
    [[nodiscard]] std::optional<Verdict> checkBasic(const BasicCredentials &login, const wire::RequestHead &head,
                                                    const Moment &now);
    [[nodiscard]] std::optional<Verdict> checkBearer(const std::string &token, const wire::RequestHead &head,
                                                     const Moment &now);
    [[nodiscard]] Verdict atConsent(const wire::RequestHead &head, const Moment &now);
    [[nodiscard]] Verdict pass(const Moment &now);
    [[nodiscard]] Reply demandLogin(const wire::RequestHead &head, bool presented) const;
    [[nodiscard]] bool asksLogin() const { return !m_rules.logins.empty() || m_rules.bearer; }

    const Rules m_rules;
    const Secrets m_secrets;
    const bool m_addressTrusted;
    LoginMemory m_logins;
    std::set<std::string> m_checking; // digests
    FailureLimit m_failures;
    VisitorMemory m_visitors;
    SteadyTime m_lastPass;
};

} // namespace guard
