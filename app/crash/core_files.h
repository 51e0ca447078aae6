// A program that crashes while it holds tokens and passwords would leave them in a core file, or in the crash report that
// a handler of core dumps sends. Called once by main(), before any secret is read.
#pragma once

namespace crash {

// The variable that allows core files again, for those who look for a fault: "allow".
inline constexpr const char *kAllowVariable = "TUNNEL_CORE_DUMPS";

// No core file, and no dump for a handler either, of this process and those it starts. Nothing on systems without
// resource limits.
void keepNoCoreFiles() noexcept;

} // namespace crash
