// Logins of visitors from a file that its owner writes by hand. Reads one file; any thread. Hashing takes some 100 ms for
// each password in the clear.
#pragma once

#include "guard/rules.h"

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace ttf {

// A line "NAME:PASSWORD" or "NAME:$scrypt$…" for each login; empty lines and those that begin with # are skipped. An
// error names the line and never quotes it.
[[nodiscard]] wire::Result<std::vector<guard::Login>> readLoginFile(const QString &path);

// "NAME:$scrypt$…", for such a file or for `users` in tunnels.toml.
[[nodiscard]] wire::Result<std::string> hashedLogin(std::string_view name, std::string_view password);

} // namespace ttf
