// While it lives, a start without a usable display ends with a sentence on stderr and exit code 2, instead of Qt's
// abort. Around the construction of QApplication; main thread, one at a time.
#pragma once

#include <QtGlobal>

namespace desktop {

inline constexpr int kNoDisplayExitCode = 2;

class DisplayGuard {
public:
    DisplayGuard();
    ~DisplayGuard(); // Qt's messages go where they went before
    DisplayGuard(const DisplayGuard &) = delete;
    DisplayGuard &operator=(const DisplayGuard &) = delete;

private:
    QtMessageHandler m_former;
};

} // namespace desktop
