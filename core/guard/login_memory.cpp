#include "guard/login_memory.h"

#include "guard/crypto.h"
#include "wire/limits.h"

#include <algorithm>

namespace guard {

LoginMemory::LoginMemory() : m_key(randomBytes(wire::kScryptHashBytes))
{
}

std::string LoginMemory::digest(const BasicCredentials &login) const
{
    return hmacSha256(m_key, login.name + ':' + login.password); // a name has no colon
}

void LoginMemory::remember(const std::string &digest, SteadyTime now)
{
    std::erase_if(m_until, [&](const auto &entry) { return entry.second <= now; });
    if (m_until.size() >= wire::kMaxRememberedLogins)
        m_until.erase(std::ranges::min_element(m_until, {}, [](const auto &entry) { return entry.second; }));
    m_until[digest] = now + wire::kLoginRemembered;
}

bool LoginMemory::knows(const std::string &digest, SteadyTime now) const
{
    const auto found = m_until.find(digest);
    return found != m_until.end() && now < found->second;
}

} // namespace guard
