import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF about each file twice, as PDF/UA-1 and as PDF/A-2a; prints a line for each and what failed. */
public class CheckPdf {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean good = true;
        for (String file : files) {
            for (String id : new String[] {"ua1", "2a"}) {
                good &= check(file, PDFAFlavour.byFlavourId(id));
            }
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean check(String file, PDFAFlavour flavour) throws Exception {
        try (InputStream content = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(content, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, Integer> failed = new TreeMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    failed.merge(rule + " " + assertion.getMessage(), 1, Integer::sum);
                }
            }
            String verdict = result.isCompliant() ? "passed" : "FAILED";
            System.out.println(file + ": veraPDF " + flavour + " " + verdict + ", " + result.getTotalAssertions() + " checks");
            failed.forEach((what, times) -> System.out.println("    " + times + " x " + what));
            return result.isCompliant();
        }
    }
}
