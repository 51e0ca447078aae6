// How often strangers may guess: a bucket of attempts for each visitor and one for all of them together. Engine thread.
#pragma once

#include <chrono>
#include <string>
#include <unordered_map>

namespace guard {

class FailureLimit {
public:
    using Time = std::chrono::steady_clock::time_point;

    // Takes an attempt, before it is known whether it fails; false when there is none left. `visitor`: visitorKey().
    [[nodiscard]] bool take(const std::string &visitor, Time now);
    // It was right: gives the attempt back.
    void giveBack(const std::string &visitor, Time now);

private:
    struct Bucket {
        double left = 0;
        Time at;
    };
    Bucket &bucketOf(const std::string &visitor, Time now);
    void dropFull(Time now);

    std::unordered_map<std::string, Bucket> m_visitors; // those with fewer attempts than all
    Bucket m_all;
    bool m_begun = false;
};

} // namespace guard
