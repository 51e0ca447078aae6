// Finds the end of a request head in bytes as they come and refuses what two implementations could read differently
// (RFC 9112 2.2, 5.2, 11.2): bare LF, bare CR, NUL, obs-fold. Beast's parser would accept some of these.
#pragma once

#include "wire/result.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace http1 {

class HeadScan {
public:
    // `bytes` begins at the first byte of the message every time and only grows. Returns the length of the head with
    // its empty line once that has arrived, and where its request line begins (empty lines before it are skipped,
    // RFC 9112 2.2).
    struct Found {
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    [[nodiscard]] wire::Result<std::optional<Found>> scan(std::string_view bytes);

private:
    [[nodiscard]] wire::Result<bool> takeLine(std::string_view line);

    std::size_t m_scanned = 0; // bytes looked at for NUL
    std::size_t m_lineStart = 0; // of the line not yet complete
    std::size_t m_begin = 0; // of the request line
    unsigned m_leadingLines = 0;
    bool m_inHead = false; // the request line was seen
};

} // namespace http1
