#include "heap/freed_memory.h"

#include <gtest/gtest.h>

#include <sys/resource.h>

#include <cstring>
#include <memory>
#include <thread>

namespace {

constexpr std::size_t kBufferBytes = 256UL * 1024;
constexpr long kPagesOfBuffer = kBufferBytes / 4096;
constexpr int kRounds = 100;

long minorFaults()
{
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_minflt;
}

// What a pump does: eight buffers filled, then all of them freed, again and again.
long faultsOfPumping()
{
    long faults = 0;
    std::thread pump([&faults] {
        const long before = minorFaults();
        for (int round = 0; round < kRounds; ++round) {
            std::array<std::unique_ptr<char[]>, 8> buffers;
            for (auto &buffer : buffers) {
                buffer = std::make_unique_for_overwrite<char[]>(kBufferBytes);
                std::memset(buffer.get(), round, kBufferBytes);
            }
        }
        faults = minorFaults() - before;
    });
    pump.join();
    return faults;
}

} // namespace

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // those have an allocator of their own
TEST(FreedMemory, IsUsedAgainWithoutNewPages)
{
    const long before = faultsOfPumping();
    heap::keepFreedMemory();
    const long after = faultsOfPumping();
    EXPECT_GT(before, kRounds * kPagesOfBuffer) << "what this is for no longer happens";
    EXPECT_LT(after, 2 * 8 * kPagesOfBuffer);
}
#else
TEST(FreedMemory, MayBeCalledUnderASanitizer)
{
    heap::keepFreedMemory();
    EXPECT_GE(faultsOfPumping(), 0);
}
#endif
