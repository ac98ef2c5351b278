#pragma once

namespace presproof {

/// The usual set of lambdas for std::visit: an alternative without a lambda does not compile.
template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

}  // namespace presproof
