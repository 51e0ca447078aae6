#include "ttf/login_file.h"

#include "guard/credentials.h"
#include "settings/small_file.h"
#include "wire/limits.h"

#include <fmt/core.h>

namespace ttf {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr std::string_view kHashed = "$scrypt$";
constexpr std::string_view kBlanks = " \t\r";

std::string_view withoutBlanks(std::string_view line)
{
    const auto first = line.find_first_not_of(kBlanks);
    return first == std::string_view::npos ? std::string_view()
                                           : line.substr(first, line.find_last_not_of(kBlanks) - first + 1);
}

Result<guard::Login> readLogin(std::string_view line)
{
    const auto colon = line.find(':');
    if (colon == std::string_view::npos)
        return fail(Code::InvalidRequest, "write NAME:PASSWORD");
    if (line.substr(colon + 1).starts_with(kHashed))
        return guard::parseLogin(line);
    const auto hashed = hashedLogin(line.substr(0, colon), line.substr(colon + 1));
    return hashed ? guard::parseLogin(*hashed) : std::unexpected(hashed.error());
}

} // namespace

Result<std::vector<guard::Login>> readLoginFile(const QString &path)
{
    const auto text = settings::readSmallFile(path, wire::kMaxLoginFileBytes);
    if (!text)
        return std::unexpected(text.error());
    std::vector<guard::Login> logins;
    std::size_t number = 0;
    for (std::string_view rest = *text; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size() - 1) + 1;
        const auto line = withoutBlanks(rest.substr(0, rest[end - 1] == '\n' ? end - 1 : end));
        rest.remove_prefix(end);
        ++number;
        if (line.empty() || line.starts_with('#'))
            continue;
        auto login = readLogin(line);
        if (!login)
            return fail(Code::InvalidRequest,
                        fmt::format("{}:{}: {}", path.toStdString(), number, login.error().message));
        if (logins.size() == wire::kMaxTunnelLogins)
            return fail(Code::InvalidRequest,
                        fmt::format("{}: a tunnel has at most {} users", path.toStdString(), wire::kMaxTunnelLogins));
        logins.push_back(*std::move(login));
    }
    if (logins.empty())
        return fail(Code::InvalidRequest,
                    fmt::format("{} has no login: write a line NAME:PASSWORD", path.toStdString()));
    return logins;
}

Result<std::string> hashedLogin(std::string_view name, std::string_view password)
{
    if (auto checked = guard::checkLoginName(name); !checked)
        return std::unexpected(checked.error());
    if (auto checked = guard::checkPassword(password); !checked)
        return std::unexpected(checked.error());
    return guard::loginText({std::string(name), guard::PasswordHash::of(password)});
}

} // namespace ttf
