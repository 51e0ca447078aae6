// How much freed memory the C library keeps for the next buffer, for programs that pass large bodies on. By itself glibc
// gives a buffer of some hundred KiB back to the system as it is freed, and has its pages made and cleared again for the
// next one: 40 % of what a download cost the client. unused_memory_return.h
// gives back what lies idle. Called once by main(), before any thread.
#pragma once

#include <cstddef>

namespace heap {

inline constexpr std::size_t kKeptBytes = 8UL * 1024 * 1024; // a thread's free memory: two full stream windows
inline constexpr std::size_t kPooledBytes = 1UL * 1024 * 1024; // larger blocks come from the system and return to it

// Nothing on systems whose C library is not glibc.
void keepFreedMemory() noexcept;

} // namespace heap
