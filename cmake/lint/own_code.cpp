// A check for clang-tidy that reports nothing: it keeps the others to the project's own code. Of a source that includes
// CAF the system headers are nine tenths of what the checks walk, and what they find there is thrown away. clangd
// narrows its walk by the same call.

#include <clang-tidy/ClangTidyCheck.h>
#include <clang-tidy/ClangTidyModule.h>
#include <clang-tidy/ClangTidyModuleRegistry.h>
#include <clang/AST/ASTContext.h>
#include <clang/ASTMatchers/ASTMatchFinder.h>
#include <clang/Basic/SourceManager.h>

#include <vector>

namespace {

using clang::ast_matchers::MatchFinder;

class own_code_check : public clang::tidy::ClangTidyCheck {
public:
  using ClangTidyCheck::ClangTidyCheck;

  void registerMatchers(MatchFinder* finder) override {
    finder->addMatcher(clang::ast_matchers::translationUnitDecl().bind("unit"), this);
  }

  /// The unit is matched before its declarations are walked, and which of them are is asked afterwards.
  void check(const MatchFinder::MatchResult& result) override {
    const auto* unit = result.Nodes.getNodeAs<clang::TranslationUnitDecl>("unit");
    std::vector<clang::Decl*> own;
    for (auto* declaration : unit->decls()) {
      if (!result.SourceManager->isInSystemHeader(
              result.SourceManager->getExpansionLoc(declaration->getLocation()))) {
        own.push_back(declaration);
      }
    }
    result.Context->setTraversalScope(own);
  }
};

class own_code_module : public clang::tidy::ClangTidyModule {
public:
  void addCheckFactories(clang::tidy::ClangTidyCheckFactories& factories) override {
    factories.registerCheck<own_code_check>("tusker-own-code");
  }
};

const clang::tidy::ClangTidyModuleRegistry::Add<own_code_module> registered("tusker",
                                                                            "Keeps to the project's code.");

} // namespace
