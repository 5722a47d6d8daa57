# Lines with code and lines that ran, by room, from sources (told which lines are tests) and a list in lcov's form.
# Tests stand below `#[cfg(test)] mod … {`, the last item of a file, or in files that such a line declares.
FILENAME ~ /\.rs$/ {
    if (FNR > 1 && previous == "#[cfg(test)]" && match($0, /mod [a-z_]+/)) {
        name = substr($0, RSTART + 4, RLENGTH - 4)
        folder = FILENAME
        sub(/(\/(mod|lib))?\.rs$/, "", folder)
        if ($0 ~ /;$/) tests[folder "/" name]; else if (!(FILENAME in end)) end[FILENAME] = FNR
    }
    previous = $0
    next
}
/^SF:/ {
    file = substr($0, 4)
    if (index(file, root) == 1) file = substr(file, length(root) + 1)
    counts = file ~ /^src\//
    for (test in tests) if (index(file, test ".rs") == 1 || index(file, test "/") == 1) counts = 0
    room = file
    sub(/^src\//, "", room)
    sub(/(\/.*|\.rs)$/, "", room)
}
/^DA:/ && counts {
    split(substr($0, 4), of, ",")
    if (file in end && of[1] + 0 >= end[file]) next
    all[room]++
    ran[room] += of[2] > 0
}
END {
    print "| room | lines | run | |\n|---|---|---|---|"
    for (room in all) {
        printf "| `%s` | %d | %d | %.1f %% |\n", room, all[room], ran[room], 100 * ran[room] / all[room] | "sort"
        lines += all[room]
        covered += ran[room]
    }
    close("sort")
    printf "| all | %d | %d | %.1f %% |\n", lines, covered, 100 * covered / lines
}
