// A shell gives a program 1,024 descriptors. A relay needs one for each tunnel and visitor, a client one for each tunnel
// and each request on its way to a local service. Called once by main().
#pragma once

#include <cstdint>

namespace descriptors {

// Raises this process's soft limit of open files to its hard limit. Returns what is in force now; a system that refuses
// leaves it as it was.
std::uint64_t raiseLimit();

} // namespace descriptors
