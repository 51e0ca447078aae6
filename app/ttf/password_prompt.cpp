#include "ttf/password_prompt.h"

#include "wire/limits.h"

#include <fmt/core.h>

#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>

namespace ttf {

namespace {

// While it lives, a terminal does not show what is typed.
class HiddenTyping {
public:
    HiddenTyping(int terminal, std::string_view prompt) : m_terminal(terminal)
    {
        termios now{};
        if (::tcgetattr(m_terminal, &now) != 0)
            return;
        m_before = now;
        now.c_lflag &= ~tcflag_t(ECHO);
        ::tcsetattr(m_terminal, TCSAFLUSH, &now);
        fmt::print(stderr, "{}", prompt);
    }
    ~HiddenTyping()
    {
        if (!m_before)
            return;
        ::tcsetattr(m_terminal, TCSAFLUSH, &*m_before);
        fmt::print(stderr, "\n");
    }
    HiddenTyping(const HiddenTyping &) = delete;
    HiddenTyping &operator=(const HiddenTyping &) = delete;

private:
    int m_terminal;
    std::optional<termios> m_before;
};

} // namespace

wire::Result<std::string> readPassword(int descriptor, std::string_view prompt)
{
    const HiddenTyping hidden(descriptor, prompt);
    std::string line;
    line.reserve(wire::kMaxPasswordBytes + 2); // no copy of its beginning is left behind
    char byte = 0;
    ssize_t got = 0;
    while ((got = ::read(descriptor, &byte, 1)) == 1 && byte != '\n' && line.size() <= wire::kMaxPasswordBytes)
        line += byte;
    if (got < 0 && errno == EINTR)
        return wire::fail(wire::Code::Cancelled, "interrupted");
    if (line.ends_with('\r'))
        line.pop_back();
    if (line.empty())
        return wire::fail(wire::Code::InvalidRequest, "no password: write it to standard input, or type it");
    return line;
}

} // namespace ttf
