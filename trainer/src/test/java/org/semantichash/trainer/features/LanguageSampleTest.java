// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.semantichash.analysis.AnalyzerType;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.Corpus.DocumentSource;
import org.semantichash.trainer.features.LanguageSample.FoundLanguage;

class LanguageSampleTest {

  private static LanguageSample sample(List<String> texts) {
    List<Document> documents = new ArrayList<>();
    for (String text : texts) {
      documents.add(new Document("d" + documents.size(), text, List.of()));
    }
    return LanguageSample.of(DocumentSource.of(documents));
  }

  private static Optional<AnalyzerType> language(String... texts) {
    return sample(List.of(texts)).language().map(FoundLanguage::type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ENGLISH    | The bank has raised its rates again, and the people who owe money are not happy with it.
          GERMAN     | Die Bank hat die Zinsen wieder erhöht, und die Leute mit Schulden sind nicht froh darüber.
          FRENCH     | La banque a encore relevé ses taux, et les gens qui ont des dettes ne sont pas contents.
          SPANISH    | El banco ha vuelto a subir los tipos, y la gente que tiene deudas no está contenta con ello.
          ITALIAN    | La banca ha alzato di nuovo i tassi, e la gente che ha dei debiti non è contenta di questo.
          PORTUGUESE | O banco subiu as taxas de novo, e as pessoas que têm dívidas não estão contentes com isso.
          DUTCH      | De bank heeft de rente weer verhoogd, en de mensen die geld schuldig zijn, zijn er niet blij mee.
          RUSSIAN    | Банк снова поднял ставки, и люди, у которых есть долги, этим не очень довольны.
          ARABIC     | رفع البنك أسعار الفائدة من جديد ، و هذا ما لم يكن في صالح الناس الذين كان عليهم ديون
          HINDI      | बैंक ने फिर से ब्याज दर बढ़ा दी है और जिन लोगों पर कर्ज है वे इस से खुश नहीं हैं
          TURKISH    | Banka faizleri yine artırdı ve borcu olan insanlar için bu hiç de iyi bir şey değil, ama daha kötüsü var.
          DANISH     | Banken har hævet renten igen, og de mennesker, der har gæld, er ikke glade for det.
          SWEDISH    | Banken har höjt räntan igen, och de människor som har skulder är inte glada över det.
          CJK        | 銀行がまた金利を引き上げたので、借金のある人々は喜んでいない。
          CJK        | 银行再次提高了利率，负债的人们对此并不高兴。
          CJK        | 은행이 다시 금리를 올렸고 빚이 있는 사람들은 기뻐하지 않는다.
          """)
  void isFoundByLettersAndStopWords(AnalyzerType expected, String text) {
    assertEquals(Optional.of(expected), language(text));
  }

  @Test
  void isNotFoundWhereNothingSaysIt() {
    assertEquals(Optional.empty(), language(""));
    assertEquals(Optional.empty(), language("1234 !? 5.6"));
    assertEquals(Optional.empty(), language("oven spoon flour butter kettle recipe salt bake"));
    assertEquals(Optional.empty(), language("Сьогодні банк підвищив відсотки")); // Ukrainian
  }

  @Test
  void manyDocumentsAreLookedAtAllOver() {
    List<String> texts = new ArrayList<>(Collections.nCopies(900, "lorem ipsum"));
    texts.addAll(Collections.nCopies(9000, "The bank has raised its rates again for all of us."));
    assertEquals(AnalyzerType.ENGLISH, sample(texts).language().orElseThrow().type());
    FoundLanguage found = sample(List.of("日本語abc")).language().orElseThrow();
    assertEquals("cjk: 50 % of the letters are Chinese, Japanese or Korean", found.toString());
  }

  @Test
  void tagsAreCounted() {
    List<String> marked = List.of("<p>x</p>", "a <BR/> b", "<a href='x'>y</a>", "</DIV>", "<h1 >");
    List<String> plain = List.of("a < b > c", "<IBM> rises", "List<String>", "p>", "<pfoo>");
    assertEquals(1, sample(marked).markup());
    assertEquals(0, sample(plain).markup());
    List<String> both = new ArrayList<>(marked);
    both.addAll(plain);
    assertEquals(0.5, sample(both).markup());
    assertTrue(sample(List.of("<p " + "x".repeat(100_000))).markup() == 0);
  }
}
