#include "edge/pace.h"

#include "wire/limits.h"

#include <algorithm>

namespace edge {

// A piece in hand lets a single mover work on while the next one comes due.
Pace::Pace(std::uint64_t bytesPerSecond) noexcept
    : m_piece(
          std::clamp<std::uint64_t>(bytesPerSecond / wire::kPacesPerSecond, wire::kMinPacedBytes, wire::kMaxDataBytes)),
      m_bucket(wire::Rate{static_cast<double>(bytesPerSecond), static_cast<double>(m_piece)})
{
}

} // namespace edge
