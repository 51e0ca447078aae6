// Logins that were right a while ago, so that a password is not hashed for each request of a page. Keeps digests under
// a key drawn at the start, never a password. Engine thread.
#pragma once

#include "guard/credentials.h"

#include <chrono>
#include <string>
#include <unordered_map>

namespace guard {

using SteadyTime = std::chrono::steady_clock::time_point;

class LoginMemory {
public:
    LoginMemory();

    // What stands for these credentials here.
    [[nodiscard]] std::string digest(const BasicCredentials &login) const;
    void remember(const std::string &digest, SteadyTime now);
    [[nodiscard]] bool knows(const std::string &digest, SteadyTime now) const;

private:
    std::string m_key;
    std::unordered_map<std::string, SteadyTime> m_until;
};

} // namespace guard
