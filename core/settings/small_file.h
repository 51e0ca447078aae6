// Whole small files: settings, tunnels, state. Any thread; one writer at a time. Errors name the file and the cause.
#pragma once

#include "wire/result.h"

#include <QString>

#include <cstddef>
#include <string>
#include <string_view>

namespace settings {

// InvalidRequest when it cannot be read or is larger than `most` bytes.
[[nodiscard]] wire::Result<std::string> readSmallFile(const QString &path, std::size_t most);
// The same, but no file reads as an empty text.
[[nodiscard]] wire::Result<std::string> readSmallFileIfAny(const QString &path, std::size_t most);

// Replaces the file in one step, for its owner only (0600), and makes its folder (0700) when there is none. After an
// error the file is as it was.
[[nodiscard]] wire::Result<> saveSmallFile(const QString &path, std::string_view text);

} // namespace settings
