// A shell gives a program 1,024 descriptors, a relay needs one for each tunnel and visitor.
#pragma once

#include <cstdint>

namespace app {

// Raises this process's soft limit of open files to its hard limit. Returns what is in force now; a system that refuses
// leaves it as it was.
std::uint64_t raiseDescriptorLimit();

} // namespace app
