// What the log and the audit log write of texts and times. No state but the clock's; each clock is one thread's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace relay {

// As a JSON string in ASCII: control characters, and whatever a terminal could take for a command, are escaped; bytes that
// are no UTF-8 become U+FFFD.
void appendQuoted(std::string &out, std::string_view text);

// Whether a text may stand in a log as it is.
[[nodiscard]] bool isPlainText(std::string_view text) noexcept;

// The time of now as `2025-01-31T12:00:00.000Z`. The second is formatted once.
class LogClock {
public:
    void appendTo(std::string &out);

private:
    std::int64_t m_second = -1; // of m_text
    std::string m_text;
};

} // namespace relay
