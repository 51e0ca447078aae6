// Takes a token given as an argument out of the process list (/proc/PID/cmdline reads argv itself). For main, right
// after parsing; what was parsed must have been copied.
#pragma once

namespace ttf {

// Overwrites the value of every --token and -t in place with '*'.
void scrubToken(int argc, char **argv);

} // namespace ttf
