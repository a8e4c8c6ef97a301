"""No function is longer than 70 lines. Test cases count as functions; namespaces and types do not."""

import re

import tidy

LINES_MAX = 70

_NAMESPACE = re.compile(r'^(inline\s+)?namespace\b|^extern\s+""')
_TYPE = re.compile(r"^(typedef\s+)?(class|struct|union|enum)\b")
_TEMPLATE = re.compile(r"^template\s*<")


def _without_template(head):
    """`head` after its template<…> and attributes, so that what it declares stands first."""
    head = head.strip()
    while True:
        if _TEMPLATE.match(head):
            depth, end = 0, len(head)
            for index, char in enumerate(head):
                depth += (char == "<") - (char == ">" and head[index - 1] != "-")
                if char == ">" and depth == 0:
                    end = index + 1
                    break
            head = head[end:].lstrip()
        elif head.startswith("[[") and "]]" in head:
            head = head[head.index("]]") + 2 :].lstrip()
        elif re.match(r"(public|private|protected)\s*:", head):
            head = head[head.index(":") + 1 :].lstrip()
        else:
            return head


def _is_function(head):
    head = _without_template(re.sub(r"^\s*#.*$", "", head, flags=re.MULTILINE))
    if _NAMESPACE.match(head):
        return False
    if _TYPE.match(head) and not head.rstrip().endswith(")"):
        return False
    return "(" in head


def functions(source):
    """Triples (first line, number of lines, head) of the outermost functions."""
    code = tidy.code(source)
    found, stack = [], []  # the stack holds, per open brace, the start of a function or None
    head_start, inside, parens = 0, 0, 0
    for index, char in enumerate(code):
        if char in "()":
            parens += 1 if char == "(" else -1
        elif char == "{":
            head = code[head_start:index]
            starts = index if inside == 0 and parens == 0 and _is_function(head) else None
            stack.append((starts, head, parens, head_start))
            inside += starts is not None
            head_start, parens = index + 1, 0
        elif char == "}" and stack:
            starts, head, parens, before = stack.pop()
            head_start = index + 1
            if starts is None:
                if parens > 0:
                    head_start = before  # a braced value inside a parameter list: the head goes on
                continue
            inside -= 1
            following = code[index + 1 :].lstrip()[:1]
            if following in ("{", ","):
                head_start = before  # a member's initialiser: the function's body is still to come
                continue
            first = tidy.line_of(code, starts)
            found.append((first, tidy.line_of(code, index) - first + 1, " ".join(head.split())))
        elif char == ";" and parens == 0:
            head_start = index + 1
    return found


def check(root):
    problems = []
    for name in tidy.files(root, ".cpp", ".hpp"):
        for line, lines, head in functions(tidy.text(root, name)):
            if lines > LINES_MAX:
                problems.append(f"{name}:{line}: {lines} lines, at most {LINES_MAX} are allowed: {head[-80:]}")
    return problems


_BODY = "  call();\n" * 69
_LONG = _BODY + "  call();\n"

tidy.run(
    check,
    bad={
        "free function": ({"a.cpp": "namespace n {\nauto f(int x) -> int {\n" + _LONG + "}\n}\n"}, "a.cpp:2: 72"),
        "member": ({"a.hpp": "struct s {\n  void f() const {\n" + _LONG + "}\n};\n"}, "a.hpp:2: 72"),
        "constructor": ({"a.cpp": "s::s(int a) : a_{a}, b_(1) {\n" + _LONG + "}\n"}, "a.cpp:1: 72"),
        "default argument": ({"a.cpp": "auto f(o x = {}) -> int {\n" + _LONG + "}\n"}, "a.cpp:1: 72"),
        "template": ({"a.hpp": "template <class T>\nstruct s<T> f(T t) {\n" + _LONG + "}\n"}, "a.hpp:2: 72"),
        "test case": ({"a.test.cpp": 'TEST_CASE("x {") {\n' + _LONG + "}\n"}, "a.test.cpp:1: 72"),
        "after a raw string": ({"a.cpp": 'auto x = R"({{)";\nvoid f() {\n' + _LONG + "}\n"}, "a.cpp:2: 72"),
    },
    good={
        "a.cpp": "namespace n {\n" + "void f() {\n" + _BODY[10:] + "}\n" + "void g() {}\n" * 80 + "}\n",
        "b.hpp": "class s {\npublic:\n" + "  int x;\n" * 90 + "};\nenum class e {\n" + "  a,\n" * 90 + "};\n",
        "c.cpp": "constexpr int table[] = {\n" + "  1,\n" * 90 + "};\n// {\nconst char c = '{';\nint n = 1'000;\n",
    },
)
