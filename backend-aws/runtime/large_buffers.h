// What becomes of the memory of large bodies. An execution environment lives for hours and is frozen with what it holds. By
// itself glibc takes blocks of some megabytes from its heap once the first of that size was freed: the heap then grows in
// pieces into which the next body does not fit, to 46 MB where 32 are needed, and keeps half of it. Called once by main(), before anything is allocated that is large.
#pragma once

#include <cstddef>

namespace runtime {

// Larger blocks come from the system and return to it. Above one message with what surrounds it, which comes often.
inline constexpr std::size_t kPooledBytes = 256UL * 1024;
// Of the heap, free at its end.
inline constexpr std::size_t kKeptBytes = 1024UL * 1024;

// Nothing on systems whose C library is not glibc.
void returnLargeBuffers() noexcept;

} // namespace runtime
