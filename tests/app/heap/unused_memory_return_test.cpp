#include "heap/freed_memory.h"
#include "heap/unused_memory_return.h"
#include "support/wait_for.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>
#include <memory>
#include <vector>

using namespace std::chrono_literals;

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // those have an allocator of their own

namespace {

constexpr std::size_t kBlockBytes = 16UL * 1024; // a socket's buffer
constexpr std::size_t kBlocks = 2048;
constexpr std::size_t kKeptOf = 64;

std::size_t residentBytes()
{
    std::size_t total = 0;
    std::size_t resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

// What a burst leaves: many buffers freed, a few between them still in use.
std::vector<std::unique_ptr<char[]>> leftByABurst()
{
    std::vector<std::unique_ptr<char[]>> blocks;
    for (std::size_t i = 0; i < kBlocks; ++i) {
        blocks.push_back(std::make_unique_for_overwrite<char[]>(kBlockBytes));
        std::fill_n(blocks.back().get(), kBlockBytes, 'x');
    }
    for (std::size_t i = 0; i < kBlocks; ++i)
        if (i % kKeptOf != 0)
            blocks[i].reset();
    return blocks;
}

} // namespace

TEST(UnusedMemoryReturn, GivesBackWhatABurstLeft)
{
    heap::keepFreedMemory();
    const auto before = residentBytes();
    const auto kept = leftByABurst();
    constexpr std::size_t kAll = kBlocks * kBlockBytes;
    ASSERT_GT(residentBytes(), before + kAll / 2) << "what this is for no longer happens";
    const heap::UnusedMemoryReturn memory(1ms);
    EXPECT_TRUE(support::eventually([before] { return residentBytes() < before + kAll / 4; }));
    EXPECT_EQ(kept.front()[kBlockBytes - 1], 'x');
}

#endif

TEST(UnusedMemoryReturn, EndsAtOnce)
{
    const auto begun = std::chrono::steady_clock::now();
    {
        const heap::UnusedMemoryReturn memory(1h);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 1min);
}

TEST(UnusedMemoryReturn, LeavesSignalsToOthers)
{
    sigset_t before{};
    sigset_t after{};
    pthread_sigmask(SIG_SETMASK, nullptr, &before);
    const heap::UnusedMemoryReturn memory(1h);
    pthread_sigmask(SIG_SETMASK, nullptr, &after);
    EXPECT_EQ(sigismember(&before, SIGTERM), sigismember(&after, SIGTERM));
}
