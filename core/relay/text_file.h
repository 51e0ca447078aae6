// Reads a small file whole. Any thread.
#pragma once

#include "wire/result.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace relay {

// Errors are InvalidRequest with a sentence that names the file: it cannot be read, is no file, or is over `maxBytes`.
[[nodiscard]] wire::Result<std::string> readTextFile(const std::filesystem::path &file, std::size_t maxBytes);

} // namespace relay
