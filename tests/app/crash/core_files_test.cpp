#include "crash/core_files.h"

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace {

// The soft limit of a process of its own that began with `before`; -1 when it cannot be set.
long limitAfter(rlim_t before, const char *variable)
{
    const pid_t child = ::fork();
    if (child == 0) {
        rlimit limit{before, RLIM_INFINITY};
        ::getrlimit(RLIMIT_CORE, &limit);
        limit.rlim_cur = before;
        ::setenv(crash::kAllowVariable, variable, 1);
        if (::setrlimit(RLIMIT_CORE, &limit) != 0)
            ::_exit(255);
        crash::keepNoCoreFiles();
        ::getrlimit(RLIMIT_CORE, &limit);
        ::_exit(static_cast<int>(limit.rlim_cur));
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) == 255)
        return -1;
    return WEXITSTATUS(status);
}

} // namespace

TEST(CoreFiles, AreNotWritten)
{
    EXPECT_EQ(limitAfter(100, ""), 1);
    EXPECT_EQ(limitAfter(100, "yes"), 1);
    EXPECT_EQ(limitAfter(0, ""), 0); // the user wants none at all
}

TEST(CoreFiles, CanBeAllowed)
{
    EXPECT_EQ(limitAfter(100, "allow"), 100);
}
