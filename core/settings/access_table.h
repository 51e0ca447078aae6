// The [tunnel.access] of tunnels.toml, read and written. docs/access-rules.md says what each key means. Any thread.
#pragma once

#include "settings/access_entry.h"
#include "settings/toml_reader.h"

#include <QDir>

#include <string>

namespace settings {

inline constexpr std::string_view kAccessKey = "access";

// Reads the table below `tunnel`, if there is one. Relative secret files are in `folder`. Mistakes are the reader's.
void readAccess(TomlReader &toml, const toml::table &tunnel, const QDir &folder, AccessEntry &access);

} // namespace settings
