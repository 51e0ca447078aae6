#include "runtime/large_buffers.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace runtime {

void returnLargeBuffers() noexcept
{
#ifdef __GLIBC__
    ::mallopt(M_MMAP_THRESHOLD, static_cast<int>(kPooledBytes)); // and it stays there: glibc moves only its own
    ::mallopt(M_TRIM_THRESHOLD, static_cast<int>(kKeptBytes));
#endif
}

} // namespace runtime
