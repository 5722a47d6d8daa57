#!/bin/sh
# What cargo calls in place of rustc, for this package alone: dependencies stay without counters.
exec "$@" -Cinstrument-coverage
