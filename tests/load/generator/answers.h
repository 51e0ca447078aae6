// What a tunnel client of the generator says on its link: a canned response to each request, with as much of its body
// as the relay's windows allow. No sockets, no clock; one object a link.
#pragma once

#include "wire/frame.h"
#include "wire/message.h"
#include "wire/stream_credit.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace load {

class Answers {
public:
    // The body's length is N for a request of /bytes/N, else this many.
    explicit Answers(std::size_t bodyBytes) : m_bodyBytes(bodyBytes) {}

    // One WebSocket message from the relay. An error means that the relay broke the protocol.
    [[nodiscard]] wire::Result<> take(std::string_view message);
    void sayReady(const wire::Ready &ready);

    // WebSocket messages to send, in order.
    [[nodiscard]] bool hasMessage() const noexcept { return !m_messages.empty(); }
    [[nodiscard]] std::string takeMessage();

    [[nodiscard]] bool established() const noexcept { return m_established; }
    // What the relay said last when it refused the link; empty otherwise.
    [[nodiscard]] const std::string &refusal() const noexcept { return m_refusal; }
    [[nodiscard]] std::uint64_t answered() const noexcept { return m_answered; }

private:
    struct Answer {
        std::uint64_t size = 0;
        std::uint64_t left = 0;
        bool begun = false;
        wire::SendCredit credit;
    };
    using Found = std::unordered_map<std::uint32_t, Answer>::iterator;

    [[nodiscard]] wire::Result<> onFrame(const wire::Frame &frame);
    [[nodiscard]] wire::Result<> onControl(std::string_view payload);
    [[nodiscard]] wire::Result<> onRequest(std::uint32_t stream, std::string_view payload);
    [[nodiscard]] wire::Result<> onWindow(std::uint32_t stream, std::string_view payload);
    void begin(Found found);
    void goOn(Found found);
    [[nodiscard]] std::string &room(std::size_t bytes);

    const std::size_t m_bodyBytes;
    bool m_established = false;
    std::string m_refusal;
    std::uint64_t m_answered = 0;
    std::unordered_map<std::uint32_t, Answer> m_answers;
    std::deque<std::string> m_messages;
};

} // namespace load
