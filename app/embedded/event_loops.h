// Which event loop Qt gives the threads of a program other than its first: its own one, which costs the engine a tenth less
// a request than GLib's. GLib's is for what lives on the first thread: desktop integration, D-Bus.
#pragma once

namespace embedded {

// Called once by main(), before any thread: it changes the environment.
void preferQtEventLoops();

} // namespace embedded
