#include "heap/freed_memory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace heap {

void keepFreedMemory() noexcept
{
#ifdef __GLIBC__
    ::mallopt(M_TRIM_THRESHOLD, static_cast<int>(kKeptBytes));
    ::mallopt(M_MMAP_THRESHOLD, static_cast<int>(kPooledBytes));
#endif
}

} // namespace heap
