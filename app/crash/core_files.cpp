#include "crash/core_files.h"

#include <cstdlib>
#include <string_view>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/resource.h>
#endif

namespace crash {

void keepNoCoreFiles() noexcept
{
#if defined(__unix__) || defined(__APPLE__)
    const char *allowed = std::getenv(kAllowVariable);
    if (allowed && std::string_view(allowed) == "allow")
        return;
    rlimit limit{};
    if (::getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_cur == 0)
        return;
    // Not 0: Linux pipes a dump to its handler (systemd-coredump, apport) even then, but not with a limit of one byte,
    // which is too little for a file too. PR_SET_DUMPABLE would do the same, and also hide /proc/PID/root from the
    // portals of the desktop, which then refuse to talk to us.
    limit.rlim_cur = 1;
    ::setrlimit(RLIMIT_CORE, &limit);
#endif
}

} // namespace crash
