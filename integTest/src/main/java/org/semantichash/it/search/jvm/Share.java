/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.it.search.jvm;

import java.util.function.IntPredicate;

/**
 * A share of the documents, spread evenly but in no pattern.
 *
 * @param name its term
 * @param perTenThousand how many of 10,000 documents
 */
record Share(String name, int perTenThousand) implements IntPredicate {

  private static final int ALL = 10_000;

  @Override
  public boolean test(int ordinal) {
    // The finisher of MurmurHash3, of the ordinal and the share.
    int mixed = ordinal * 31 + perTenThousand;
    mixed = (mixed ^ mixed >>> 16) * 0x85ebca6b;
    mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
    mixed ^= mixed >>> 16;
    return Integer.remainderUnsigned(mixed, ALL) < perTenThousand;
  }
}
