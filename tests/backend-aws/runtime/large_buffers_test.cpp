#include "runtime/large_buffers.h"

#include <gtest/gtest.h>

#include <malloc.h>

#include <cstring>
#include <memory>

namespace {

constexpr std::size_t kBodyBytes = 8UL * 1024 * 1024;

std::unique_ptr<char[]> filled(std::size_t bytes)
{
    auto buffer = std::make_unique_for_overwrite<char[]>(bytes);
    std::memset(buffer.get(), 1, bytes);
    return buffer;
}

} // namespace

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // those have an allocator of their own
TEST(LargeBuffers, ReturnToTheSystemHoweverOften)
{
    filled(kBodyBytes).reset(); // from now on glibc would take such blocks from its heap
    const auto heap = ::mallinfo2().arena;
    {
        const auto body = filled(kBodyBytes);
        ASSERT_GE(::mallinfo2().arena, heap + kBodyBytes) << "what this is for no longer happens";
    }
    runtime::returnLargeBuffers();
    filled(kBodyBytes).reset();
    const auto before = ::mallinfo2();
    {
        const auto body = filled(kBodyBytes);
        EXPECT_EQ(::mallinfo2().hblks, before.hblks + 1);
    }
    EXPECT_EQ(::mallinfo2().hblks, before.hblks);
}
#else
TEST(LargeBuffers, MayBeCalledUnderASanitizer)
{
    runtime::returnLargeBuffers();
    EXPECT_NE(filled(kBodyBytes), nullptr);
}
#endif
